import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe has against the page as it is drawn now, in words.
 * - `within`: only what is within this element.
 * - `colours`: also whether words stand off their ground, which takes most of the time.
 */
export async function violations(
  page: Page,
  { within = 'html', colours }: { within?: string | undefined; colours: boolean },
): Promise<string[]> {
  const options = {
    resultTypes: ['violations' as const],
    runOnly: TAGS,
    rules: { 'color-contrast': { enabled: colours } },
  };
  // To bring axe into a page takes longer than to run it, so it is asked again where it already is.
  const found = await page.evaluate(({ place, chosen }) => window.axe?.run(place, chosen) ?? null, {
    place: within,
    chosen: options,
  });
  return inWords(found ?? (await bringAxe(page, { within, options })));
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe has against a page of a journey once nothing moves: what is still fading in stands off too little. */
export async function violationsOnceStill(page: Page) {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((each) => each.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map((each) => each.finished));
  });
  return (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations;
}

interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
  }[];
}

declare global {
  interface Window {
    axe?: { run(context: string, options: object): Promise<Found> };
  }
}

function bringAxe(
  page: Page,
  { within, options }: { within: string; options: Parameters<AxeBuilder['options']>[0] },
): Promise<Found> {
  return new AxeBuilder({ page }).include(within).setLegacyMode(true).options(options).analyze();
}

function inWords({ violations: found }: Found): string[] {
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `axe ${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}
