import { env } from '@/lib/env';
import { isForeignChange, originOf } from '@/lib/request-guard';

/** What of a request tells where it comes from; a `Request` has it. Header names in lower case. */
export interface RequestHead {
  readonly method: string;
  /** Absolute. Its scheme counts where neither a configured origin nor X-Forwarded-Proto tells. */
  readonly url: string;
  readonly headers: { get(name: string): string | null };
}

/** True when a request changes something and must be refused, because it does not come from our own pages. */
export function comesFromElsewhere(request: RequestHead): boolean {
  return isForeignChange(
    {
      method: request.method,
      pathname: new URL(request.url).pathname,
      origin: originHere(request),
      host: request.headers.get('host'),
    },
    configuredOrigin(),
  );
}

/** The Origin of a request as it counts, also for Next's own check of server actions. */
export function originHere(request: RequestHead): string | null {
  const { headers } = request;
  const own = configuredOrigin() ?? `${isSecure(request) ? 'https' : 'http'}://${headers.get('host')}`;
  return originOf({ origin: headers.get('origin'), fetchSite: headers.get('sec-fetch-site'), own });
}

/** Whether the browser speaks to us, or to the proxy before us, over https. */
export function isSecure(request: RequestHead): boolean {
  if (process.env.NODE_ENV !== 'production') return false;
  const own = configuredOrigin();
  if (own) return own.startsWith('https:');
  return (request.headers.get('x-forwarded-proto') ?? request.url).startsWith('https');
}

function configuredOrigin(): string | undefined {
  const { origin, originConfigured } = env();
  return originConfigured ? origin : undefined;
}
