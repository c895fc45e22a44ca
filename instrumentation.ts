/** Runs once when the server starts, before Next answers its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs')
    await import('./instrumentation-node').then((node) => node.start());
}
