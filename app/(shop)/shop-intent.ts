import 'server-only';
import { cookies } from 'next/headers';
import { env } from '@/lib/env';
import { type Intent, intentSchema } from '@/lib/shop';

/** Where a signed-out shopper comes back to, and what they wanted is done. */
export const RESUME_PATH = '/basket/resume';

const COOKIE = 'kabao_intent';
const MAX_AGE_S = 15 * 60;

/**
 * Remembers what a signed-out shopper pressed. A cookie that only our own action sets and that only the way back
 * receives: nobody can put things into somebody's basket with a link.
 */
export async function rememberIntent(intent: Intent): Promise<void> {
  (await cookies()).set(COOKIE, JSON.stringify(intent), {
    path: RESUME_PATH,
    maxAge: MAX_AGE_S,
    httpOnly: true,
    sameSite: 'lax',
    secure: env().origin.startsWith('https:'),
  });
}

export async function rememberedIntent(): Promise<Intent | null> {
  const text = (await cookies()).get(COOKIE)?.value;
  if (!text) return null;
  try {
    return intentSchema.parse(JSON.parse(text));
  } catch {
    // Not what we wrote: as good as none.
    return null;
  }
}
