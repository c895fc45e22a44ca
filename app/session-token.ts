import { decode } from 'next-auth/jwt';
import { type Id, parseId, SECOND_MS } from '@/lib/kernel';

/** What a token says that it was given to. Whether its session still lives is asked of the database each time. */
export interface SessionToken {
  readonly sessionId: Id<'ses'> | null;
  readonly staff: boolean;
}

/** The tokens of a busy quarter of an hour; each takes about half a kilobyte. */
const MOST_KEPT = 2_000;
const kept = new Map<string, { readonly token: SessionToken; readonly endsAtMs: number }>();

/**
 * Reads a token of next-auth's; null for one that is expired, forged, or made under another secret. What a token says never
 * changes, so that of those seen last is kept until it ends: reading one derives a key and decrypts.
 */
export async function readToken(
  text: string,
  { secret, now = new Date() }: { readonly secret: string; readonly now?: Date },
): Promise<SessionToken | null> {
  const key = `${secret} ${text}`;
  const known = kept.get(key);
  if (known && now.getTime() < known.endsAtMs) return known.token;
  kept.delete(key);
  const payload = await decode({ token: text, secret }).catch(() => null);
  if (typeof payload?.exp !== 'number' || now.getTime() >= payload.exp * SECOND_MS) return null;
  const sessionId = typeof payload.sid === 'string' ? parseId('ses', payload.sid) : null;
  const token = { sessionId, staff: payload.staff === true };
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, { token, endsAtMs: payload.exp * SECOND_MS });
  return token;
}
