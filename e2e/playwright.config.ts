import { defineConfig } from '@playwright/test';

/** Journeys against the production build; those on which money depends on both databases. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // The walk over every page takes as long as a third of everything else in a browser: `npm run walk` is a command of its own.
  testIgnore: process.env.KABAO_WALK ? [] : ['pages/walk.spec.ts'],
  outputDir: '../test-results/browser',
  globalSetup: './servers.ts',
  workers: 3,
  fullyParallel: false,
  // A shared CI machine stalls now and then: what passes at the second try is reported as flaky, not hidden.
  retries: process.env.CI ? 1 : 0,
  // Ends what hangs, and nothing that is slow.
  timeout: 180_000,
  expect: { timeout: 10_000 },
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 390, height: 844 },
    // Recording takes a quarter of a test's time, so only a second try is recorded; `--trace on` records any.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.KABAO_CHROMIUM ? { executablePath: process.env.KABAO_CHROMIUM } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'sqlite', metadata: { engine: 'sqlite' } },
    {
      name: 'postgres',
      metadata: { engine: 'postgres' },
      testMatch: 'journeys/{main,paid-once,bind-race,buy,gift,inbox,lost-card,expiring-card}.spec.ts',
    },
  ],
});
