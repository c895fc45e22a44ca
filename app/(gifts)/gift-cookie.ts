import 'server-only';
import { cookies } from 'next/headers';
import { isSecureOrigin } from '@/app/session-cookie';

const GIFT_COOKIE = 'kabao_gift';
const CLAIM_PATH = '/gifts/claim';
/** As long as signing up may take. */
const MAX_AGE_S = 30 * 60;

/**
 * Keeps a redeem link's token while its reader signs in or up: in a cookie that only the claim page gets, so that it is in no
 * address, no form field and no log on the way.
 */
export async function keepGift(token: string): Promise<void> {
  const options = { httpOnly: true, sameSite: 'lax', secure: isSecureOrigin(), path: CLAIM_PATH } as const;
  (await cookies()).set(GIFT_COOKIE, token, { ...options, maxAge: MAX_AGE_S });
}

export async function keptGift(): Promise<string | null> {
  return (await cookies()).get(GIFT_COOKIE)?.value ?? null;
}

export async function dropGift(): Promise<void> {
  (await cookies()).set(GIFT_COOKIE, '', { path: CLAIM_PATH, maxAge: 0 });
}
