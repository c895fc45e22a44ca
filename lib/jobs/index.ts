export { type Job, jobs } from './schedule';
export { runJob, startWorker, type Worker, workerSeenAt } from './worker';
