import { invariant } from '@/lib/kernel';

/** What changes a card more often than this while one looks at it is not people. */
const LOOKS = 6;

/** Acts on what is seen; `null` says that it changed in between, and it is looked at again. */
export async function lookAgain<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (let look = 1; look <= LOOKS; look += 1) {
    const result = await attempt();
    if (result !== null) return result;
  }
  invariant(false, 'a card kept changing while it was acted on');
}
