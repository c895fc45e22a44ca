import { drawPicture } from '@/lib/captcha';
import { env } from '@/lib/env';

/** The digits of a token as a picture. Open to everyone; a token that is not ours does not exist. */
export async function GET(_: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const png = drawPicture((await params).token, env().captchaKey);
  if (!png) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(png), {
    headers: { 'Content-Type': 'image/png', 'Cache-Control': 'private, max-age=300' },
  });
}
