/** The security headers that do not change from page to page; `secure` adds HSTS (production over https only). */
export function securityHeaders({ secure }: { secure: boolean }): readonly [name: string, value: string][] {
  return [
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
    ['Referrer-Policy', 'same-origin'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    [
      'Permissions-Policy',
      'camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), ' +
        'microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), display-capture=(), ' +
        'browsing-topics=()',
    ],
    ...(secure ? HSTS : []),
  ];
}

const HSTS: readonly [string, string][] = [
  ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
];
