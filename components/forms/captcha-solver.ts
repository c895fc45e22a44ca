/**
 * Fetches a proof-of-work challenge and solves it on a few workers, so that typing stays smooth. Returns what the form
 * sends. Throws when the server cannot be reached, the browser cannot do it, or `signal` ends it.
 */
export async function solveCaptcha(signal: AbortSignal): Promise<string> {
  const response = await fetch('/api/captcha/proof-of-work', { cache: 'no-store', signal });
  if (!response.ok) throw new Error(`captcha challenge: ${response.status}`);
  const challenge: unknown = await response.json();
  const workers = Array.from(
    { length: Math.min(4, Math.max(1, navigator.hardwareConcurrency - 1)) },
    () => new Worker(new URL('./captcha-worker.ts', import.meta.url)),
  );
  try {
    const solution = await Promise.race([
      aborted(signal),
      ...workers.map((worker, index) =>
        work(worker, { challenge, counterStart: index, counterStep: workers.length }),
      ),
    ]);
    return btoa(JSON.stringify({ challenge, solution }));
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

interface Share {
  readonly challenge: unknown;
  readonly counterStart: number;
  readonly counterStep: number;
}

function work(worker: Worker, share: Share): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Error('captcha worker failed'));
    worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'object' && data !== null && 'derivedKey' in data) resolve(data);
      else reject(new Error('captcha not solved'));
    };
    worker.postMessage({ type: 'work', timeout: 120_000, ...share });
  });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('captcha given up')), { once: true });
  });
}
