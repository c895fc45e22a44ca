/** The security headers that are the same on every answer, as `next.config.ts` wants them. */
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

/** Keeps browsers on https; only for answers that came over it. */
export const STRICT_TRANSPORT = {
  key: 'Strict-Transport-Security',
  value: 'max-age=31536000; includeSubDomains',
};
