/**
 * The worker as a process of its own, with KABAO_WORKER=off on the servers: `npm run worker` starts it as production.
 */
import { env } from '../lib/env';
import { armFaults } from '../lib/faults';
import { startWorker } from '../lib/jobs';

armFaults(env().faults);
const worker = startWorker();
const alive = setInterval(() => undefined, 60_000);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    clearInterval(alive);
    await worker.stop();
    process.exit(0);
  });
}
