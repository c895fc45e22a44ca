/**
 * The worker as a process of its own: `npm run worker`, with KABAO_WORKER=off on the servers. In production it needs
 * NODE_ENV=production like them: without it what is missing is taken from the demo.
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
