/** What decides whether a request that changes something comes from our own pages. */
export interface ChangeRequest {
  method: string;
  pathname: string;
  /** The `Origin` header; browsers send `null` as text for opaque origins. */
  origin: string | null;
  /** The `Host` header. */
  host: string | null;
}

/**
 * True when the request must be refused: it changes something (POST, PUT, PATCH, DELETE) and its Origin is missing or
 * foreign. Machine endpoints are let through, because signatures or keys prove who calls them and no cookie counts
 * there. `ownOrigin` is the configured public address (`https://cards.example`); without it the Host header decides.
 */
export function isForeignChange(request: ChangeRequest, ownOrigin: string | undefined): boolean {
  if (SAFE_METHODS.has(request.method)) return false;
  if (MACHINE_ENDPOINTS.some((pattern) => pattern.test(request.pathname))) return false;
  if (!request.origin || !URL.canParse(request.origin)) return true;
  const origin = new URL(request.origin);
  if (ownOrigin) return origin.origin !== new URL(ownOrigin).origin;
  return (origin.protocol !== 'http:' && origin.protocol !== 'https:') || origin.host !== request.host;
}

/**
 * The Origin of a request as it counts. A page that tells nobody its address (`Referrer-Policy: no-referrer`) also sends
 * its forms with the Origin `null`; the browser then says by `Sec-Fetch-Site`, which no page can set, whether the form
 * stood on a page of ours.
 */
export function originOf(request: {
  readonly origin: string | null;
  readonly fetchSite: string | null;
  /** The origin that this request was sent to. */
  readonly own: string;
}): string | null {
  return request.origin === 'null' && request.fetchSite === 'same-origin' ? request.own : request.origin;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

const MACHINE_ENDPOINTS = [/^\/api\/webhooks\/[^/]+$/, /^\/sandbox\/[^/]+\/gateway(\.do)?(\/|$)/];
