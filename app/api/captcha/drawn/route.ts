import { issueDrawnChallenge } from '@/lib/captcha';
import { env } from '@/lib/env';

/** Gives other digits to read or hear. Open to everyone. */
export function GET(): Response {
  const token = issueDrawnChallenge({ now: new Date(), key: env().captchaKey });
  return Response.json({ token }, { headers: { 'Cache-Control': 'no-store' } });
}

export const dynamic = 'force-dynamic';
