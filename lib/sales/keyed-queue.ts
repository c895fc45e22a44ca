import { SECOND_MS, withTimeLimit } from '@/lib/kernel';

/** Nobody waits longer for those before: what hangs is left to itself. */
const MOST_WAIT_MS = 10 * SECOND_MS;

/**
 * Returns a queue that runs work of one key in the order in which it came, and of different keys at once. It holds for this
 * process only and spares work that would be in vain; what decides is what the database refuses.
 */
export function keyedQueue(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key);
    const mine = after(before, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

async function after<T>(before: Promise<unknown> | undefined, work: () => Promise<T>): Promise<T> {
  // How it ended is told to whoever asked for it.
  if (before) await withTimeLimit(MOST_WAIT_MS, () => before).catch(() => undefined);
  return work();
}
