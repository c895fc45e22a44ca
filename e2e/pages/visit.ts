import type { Page } from '@playwright/test';
import type { Viewer, World } from './world';

/** One page in one state, as the walk visits it. */
export interface Visit {
  readonly name: string;
  /** The file below app/ that draws it, without its ending. */
  readonly file: string;
  readonly as: Viewer;
  readonly path: (world: World) => string;
  /** The one mode in which it looks like this; in the other one the page asks in another way. */
  readonly mode?: 'normal' | 'simple';
  /** The status of the answer; 200 unless said. */
  readonly status?: number;
  /** Arranges what the page may load; before it is opened. */
  readonly before?: (page: Page, world: World) => Promise<unknown>;
  /** Brings the opened page into its state, in either language. */
  readonly act?: (page: Page) => Promise<void>;
  /** The title begins with the words for "error"; with a `summary`, that has focus. */
  readonly error?: 'summary' | 'notice';
  /** What lies over the page until it is closed: only this is judged by axe, and Tab goes under it. */
  readonly overlay?: string;
  /** No header is within reach, and so no skip link. */
  readonly bare?: true;
}

/** Sends the page's own form as it is, and waits until it is told what is wrong. */
export async function sendInVain(page: Page): Promise<void> {
  await page.locator('main form').last().locator('[type=submit]').last().click();
  await page.locator('main [role=alert]').waitFor();
}
