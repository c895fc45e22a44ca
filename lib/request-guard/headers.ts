/** The security headers that are the same on every answer, in the form in which `next.config.ts` wants them. */
export const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value:
      'camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), ' +
      'microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), display-capture=(), ' +
      'browsing-topics=()',
  },
];

/**
 * On top of those for the page of a redeem link, whose address is a secret: nobody is told where a reader came from, and
 * no search engine keeps it. (Next marks what it draws for one reader as `no-store` by itself.)
 */
export const SECRET_ADDRESS_HEADERS = [
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'X-Robots-Tag', value: 'noindex, nofollow, noarchive' },
];

/** For an address that never answers with a page: a browser that shows its answer all the same runs and loads nothing. */
export const NO_PAGE_POLICY = {
  key: 'Content-Security-Policy',
  value: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/** Keeps browsers on https; only for answers that came over it. */
export const STRICT_TRANSPORT = {
  key: 'Strict-Transport-Security',
  value: 'max-age=31536000; includeSubDomains',
};
