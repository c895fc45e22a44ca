/**
 * The Content-Security-Policy of every page. Scripts run by nonce alone. Styles come from our own files; a `style`
 * attribute in server-rendered HTML has no effect (`style-src-attr 'none'`): use classes, or SVG presentation
 * attributes (`fill`, `width`) for values that are computed. React may still set styles in the browser, which CSP
 * does not govern. Nothing is loaded from another host.
 * - `nonce`: fresh for every response, at least 128 bits.
 * - `formTargets`: origins of payment gateways that a form may lead to; browsers apply `form-action` to redirects too.
 * - `development`: the dev server evaluates code, injects style elements and keeps a socket open.
 */
export function contentSecurityPolicy({
  nonce,
  formTargets = [],
  development = false,
}: {
  nonce: string;
  formTargets?: readonly string[];
  development?: boolean;
}): string {
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'self'"],
    'script-src': [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(development ? ["'unsafe-eval'"] : []),
    ],
    'script-src-attr': ["'none'"],
    'style-src': development ? ["'self'", "'unsafe-inline'"] : ["'self'", `'nonce-${nonce}'`],
    'style-src-attr': ["'none'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'media-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': development ? ["'self'", 'ws:'] : ["'self'"],
    'worker-src': ["'self'", 'blob:'],
    'manifest-src': ["'self'"],
    'frame-src': ["'none'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'", ...formTargets],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}
