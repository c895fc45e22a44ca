/**
 * Runs `work` for at most `limitMs`: then its signal is aborted, and this rejects with a `TimeoutError` whatever becomes of
 * the work. A signal alone does not bound `fetch`: one that is aborted, or whose connection is cut, while it reads a body
 * may never settle (nodejs/node#56917), and a worker would wait for it for ever.
 */
export async function withTimeLimit<T>(
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new DOMException(`not done after ${limitMs} ms`, 'TimeoutError');
      controller.abort(error);
      reject(error);
    }, limitMs);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
