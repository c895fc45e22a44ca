import { ConfigurationError, env } from './lib/env';
import { armFault } from './lib/faults';
import { startWorker } from './lib/jobs';
import { notePeerAddresses } from './lib/request-guard/peer-address';

/** What the server does before its first request. One that is not configured ends at once and says what to set. */
export function start(): void {
  notePeerAddresses();
  try {
    const { fault, worker } = env();
    if (fault) armFault(fault);
    if (worker) startWorker();
  } catch (error) {
    console.error(error instanceof ConfigurationError ? error.message : error);
    process.exit(1);
  }
}
