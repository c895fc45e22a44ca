import { createProofOfWork } from '@/lib/captcha';
import { env } from '@/lib/env';

/** Asks a browser for a proof of work. Open to everyone: sign-up needs it too. */
export async function GET(): Promise<Response> {
  const challenge = await createProofOfWork({ now: new Date(), key: env().captchaKey });
  return Response.json(challenge, { headers: { 'Cache-Control': 'no-store' } });
}

export const dynamic = 'force-dynamic';
