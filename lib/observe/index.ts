export { log } from './log';
export { metrics, metricsText } from './metrics';
