import { speakDigits } from '@/lib/captcha';
import { env } from '@/lib/env';
import { parseLocale } from '@/lib/i18n';

/** The digits of a token, spoken in `?locale=`. Open to everyone; a token that is not ours does not exist. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const locale = parseLocale(new URL(request.url).searchParams.get('locale') ?? undefined);
  const wav = await speakDigits((await params).token, { locale, key: env().captchaKey });
  if (!wav) return new Response(null, { status: 404 });
  return soundResponse(new Uint8Array(wav), request.headers.get('range'));
}

/** Safari plays a sound only from a server that can give a part of it (RFC 9110, section 14). */
function soundResponse(sound: Uint8Array<ArrayBuffer>, range: string | null): Response {
  const headers = new Headers({
    'Content-Type': 'audio/wav',
    'Cache-Control': 'private, max-age=300',
    'Accept-Ranges': 'bytes',
  });
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  const first = Number(match?.[1] ?? 0);
  if (!match || first >= sound.length) return new Response(sound, { headers });
  const last = Math.min(match[2] ? Number(match[2]) : sound.length - 1, sound.length - 1);
  headers.set('Content-Range', `bytes ${first}-${last}/${sound.length}`);
  return new Response(sound.subarray(first, last + 1), { status: 206, headers });
}
