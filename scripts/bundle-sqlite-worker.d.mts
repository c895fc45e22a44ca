export function bundleSqliteWorker(options?: { entry?: string; outfile?: string }): Promise<void>;
