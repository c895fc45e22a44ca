export type { Job } from './run-job';
export { startWorker, type Worker, workerSeenAt } from './worker';
