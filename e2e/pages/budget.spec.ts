import { gzipSync } from 'node:zlib';
import type { Response } from '@playwright/test';
import { expect } from '../demo';
import { VISITS } from './visits';
import { test } from './world';

test.describe.configure({ mode: 'parallel' });
test.use({ trace: 'off' });

/** What a page may load of scripts before anybody touches it, in kB of gzip (1 kB is 1,000 bytes). */
const BUDGETS_KB = { shopper: 150, form: 180, desk: 230 } as const;

/** Pages whose form judges while one types. */
const FORMS = new Set([
  '(identity)/sign-in/page',
  '(identity)/sign-up/page',
  '(identity)/account/name/page',
  '(identity)/account/password/page',
  '(wallet)/cards/bind/page',
  '(gifts)/g/[token]/page',
  '(gifts)/gifts/claim/page',
  '(gifts)/gifts/[id]/recipient/page',
]);

const seen = new Set<string>();
for (const visit of VISITS.filter(({ file }) => !seen.has(file) && seen.add(file))) {
  const kind = visit.file.startsWith('admin/') ? 'desk' : FORMS.has(visit.file) ? 'form' : 'shopper';
  test(`${visit.file} stays within ${BUDGETS_KB[kind]} kB of scripts`, async ({ page, world }) => {
    if (visit.as !== 'visitor') await page.context().addCookies([...world.sessions[visit.as]]);
    await visit.before?.(page, world);
    const scripts = new Map<string, Promise<number>>();
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.set(response.url(), gzipped(response));
    });
    await page.goto(visit.path(world));
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done, { timeout: 500 })));
    const bytes = (await Promise.all(scripts.values())).reduce((sum, size) => sum + size, 0);
    // Less than React and Next themselves would mean that something was not counted.
    expect(bytes / 1000).toBeGreaterThan(120);
    expect(bytes / 1000).toBeLessThanOrEqual(BUDGETS_KB[kind]);
  });
}

const sizes = new Map<string, number>();

/** Measured here, because what is on the wire depends on what a proxy does. */
async function gzipped(response: Response): Promise<number> {
  const known = sizes.get(response.url());
  if (known !== undefined) return known;
  const size = gzipSync(await response.body()).length;
  sizes.set(response.url(), size);
  return size;
}
