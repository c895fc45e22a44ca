/** Runs once when the server starts, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { notePeerAddresses } = await import('./lib/request-guard/peer-address');
  notePeerAddresses();
  const { env } = await import('./lib/env');
  if (configurationOf(env)?.worker) {
    const { startWorker } = await import('./lib/jobs');
    startWorker();
  }
}

/** A server that is not configured ends at once and says what to set. */
function configurationOf<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
