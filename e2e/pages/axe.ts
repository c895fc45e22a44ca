import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe has against the page as it is drawn now, or only against what is within an element, in words. */
export async function violations(page: Page, within = 'html'): Promise<string[]> {
  // To bring axe into a page takes longer than to run it, so it is asked a second time where it already is.
  const found = await page.evaluate(
    ({ tags, place }) => window.axe?.run(place, { resultTypes: ['violations'], runOnly: tags }) ?? null,
    { tags: TAGS, place: within },
  );
  return inWords(found ?? (await bringAxe(page, within)));
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

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

function bringAxe(page: Page, within: string): Promise<Found> {
  const options = { resultTypes: ['violations' as const] };
  return new AxeBuilder({ page })
    .include(within)
    .setLegacyMode(true)
    .options(options)
    .withTags(TAGS)
    .analyze();
}

function inWords({ violations: found }: Found): string[] {
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `axe ${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}
