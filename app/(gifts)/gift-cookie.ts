import 'server-only';
import { cookies } from 'next/headers';
import { isSecureOrigin } from '@/app/session-cookie';

const GIFT_COOKIE = 'kabao_gift';
/** As long as signing up may take. */
const MAX_AGE_S = 30 * 60;

/**
 * Keeps a redeem link's token while its reader signs in or up: in a cookie, so that it is in no address, no form field and no
 * log on the way. Its path is the whole site, because Next draws the page that a sign-in leads to in the answer to it.
 */
export async function keepGift(token: string): Promise<void> {
  const options = { httpOnly: true, sameSite: 'lax', secure: isSecureOrigin(), path: '/' } as const;
  (await cookies()).set(GIFT_COOKIE, token, { ...options, maxAge: MAX_AGE_S });
}

export async function keptGift(): Promise<string | null> {
  return (await cookies()).get(GIFT_COOKIE)?.value ?? null;
}

export async function dropGift(): Promise<void> {
  (await cookies()).set(GIFT_COOKIE, '', { path: '/', maxAge: 0 });
}
