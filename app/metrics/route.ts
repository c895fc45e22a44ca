import { env } from '@/lib/env';
import { metricsText } from '@/lib/observe';

export const dynamic = 'force-dynamic';

/** Prometheus reads this with the token of KABAO_METRICS_TOKEN; without one it does not exist. */
export async function GET(request: Request): Promise<Response> {
  const token = env().metricsToken;
  if (!token || request.headers.get('authorization') !== `Bearer ${token}`)
    return new Response(null, { status: 404 });
  return new Response(await metricsText(), {
    headers: { 'content-type': 'text/plain; version=0.0.4', 'cache-control': 'no-store' },
  });
}
