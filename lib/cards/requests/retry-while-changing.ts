import { invariant } from '@/lib/kernel';

/** People do not change a card this often while one operation runs: more conflicts than this are a bug. */
const MOST_TRIES = 6;

/** Runs `attempt` until it has an answer. `null` means that what it read was changed meanwhile, so it reads anew. */
export async function retryWhileChanging<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const result = await attempt();
    if (result !== null) return result;
  }
  invariant(false, 'a card kept changing while it was acted on');
}
