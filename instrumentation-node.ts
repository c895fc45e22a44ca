import { answerPayment } from './app/(shop)/checkout/[orderId]/pay/answer-payment';
import { ConfigurationError, env } from './lib/env';
import { armFaults } from './lib/faults';
import { startWorker } from './lib/jobs';
import { noteOpenResponses } from './lib/request-guard/open-responses';
import { notePeerAddresses } from './lib/request-guard/peer-address';

/** Where scripts/serve.mjs, which is not part of the build, finds what answers before Next. */
const slot = globalThis as { kabaoAnswersBeforeNext?: typeof answerPayment };

/** What the server does before Next answers its first request. One that is not configured ends at once and says what to set. */
export function start(): void {
  notePeerAddresses();
  noteOpenResponses();
  try {
    const { faults, worker } = env();
    armFaults(faults);
    if (worker) startWorker();
    slot.kabaoAnswersBeforeNext = answerPayment;
  } catch (error) {
    console.error(error instanceof ConfigurationError ? error.message : error);
    process.exit(1);
  }
}
