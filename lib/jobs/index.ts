export type { Job } from './schedule';
export { startWorker, type Worker, workerSeenAt } from './worker';
