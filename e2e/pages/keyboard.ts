import type { Page } from '@playwright/test';

/**
 * Walks the page with Tab from its beginning and answers, in words, what went wrong: a control that is not reached, focus
 * that is not seen, lies under something, or does not come out at the end.
 */
export async function walkWithTab(page: Page): Promise<string[]> {
  await pressTab(page, (await watchTab(page)) + 1);
  return page.evaluate(() => window.kabaoWalk?.problems() ?? ['the walk was lost on the way']);
}

/** Many times as quick as to wait after each press; the browser takes them one after the other all the same. */
async function pressTab(page: Page, times: number): Promise<void> {
  const keyboard = await page.context().newCDPSession(page);
  const tab = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 };
  const presses = Array.from({ length: times }, () =>
    (['rawKeyDown', 'keyUp'] as const).map((type) =>
      keyboard.send('Input.dispatchKeyEvent', { type, ...tab }),
    ),
  );
  await Promise.all(presses.flat());
  await keyboard.detach();
}

/** Presses the skip link, which comes first, and Tab; returns what went wrong. */
export async function takeSkipLink(page: Page): Promise<string[]> {
  await watchTab(page);
  await page.keyboard.press('Tab');
  const link = page.locator('a.skip-link');
  if (!(await link.evaluate((element) => element === document.activeElement))) {
    return ['the skip link is not the first stop'];
  }
  const box = await link.boundingBox();
  if (!box || box.height < 44 || box.width < 44 || box.y < 0) return ['the skip link is not seen'];
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const skipped = await page.evaluate(() => {
    const [main, focus] = [document.querySelector('main'), document.activeElement];
    if (!main || !focus || !window.kabaoWalk) return false;
    const first = window.kabaoWalk.stops.find((stop) => main.contains(stop));
    return first === undefined ? !main.contains(focus) : first === focus;
  });
  return skipped ? [] : ['the skip link does not lead to the first control of the content'];
}

declare global {
  interface Window {
    kabaoWalk?: { readonly stops: readonly Element[]; problems(): string[] };
  }
}

/** Notes every stop of Tab from now on, from the beginning of the page; returns how many there should be. */
function watchTab(page: Page): Promise<number> {
  return page.evaluate(() => {
    const nameOf = (element: Element | null) =>
      `<${element?.tagName.toLowerCase()}> ${(element?.getAttribute('aria-label') ?? element?.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 40)}`;
    const modal = document.querySelector(':modal');
    const controls =
      'a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], [tabindex]';
    /** A group is one stop: what is chosen, or the first where nothing is. */
    const takesTabOfGroup = (radio: HTMLInputElement) => {
      const group = [
        ...(radio.form ?? document).querySelectorAll<HTMLInputElement>('input[type=radio]'),
      ].filter(({ name }) => name === radio.name);
      return radio === (group.find(({ checked }) => checked) ?? group[0]) && radio.checkVisibility();
    };
    const takesTab = (element: Element) => {
      if (!(element instanceof HTMLElement) || element.tabIndex < 0 || element.matches(':disabled'))
        return false;
      if (element instanceof HTMLInputElement && element.type === 'radio') return takesTabOfGroup(element);
      return element.checkVisibility({ visibilityProperty: true });
    };
    const stops = [...(modal ?? document).querySelectorAll(controls)].filter(takesTab);

    /** A ring of its own, or one that something around it draws in its place. */
    const ringed = (element: Element) => {
      let at: Element | null = element;
      for (let level = 0; at && level < 4; level += 1, at = at.parentElement) {
        const { outlineStyle, outlineWidth } = getComputedStyle(at);
        if (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) return true;
      }
      return false;
    };
    /** What of it is within the window: a table can be longer than that. */
    const inWindow = (box: DOMRect) => {
      const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
      return new DOMRect(
        left,
        top,
        Math.min(box.right, innerWidth) - left,
        Math.min(box.bottom, innerHeight) - top,
      );
    };
    /** Whether any part of it is on top at five points: its middle, and near its corners. */
    const uncovered = (element: Element) =>
      [...element.getClientRects()].map(inWindow).some((box) =>
        [
          [0.5, 0.5],
          [0.1, 0.15],
          [0.9, 0.15],
          [0.1, 0.85],
          [0.9, 0.85],
        ].some(([x = 0, y = 0]) => {
          const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
          return (
            top !== null &&
            (element.contains(top) || top.contains(element) || top.closest('label')?.contains(element))
          );
        }),
      );

    const reached = new Set<Element>();
    const found: string[] = [];
    let last: Element | null = null;
    const onTab = (event: KeyboardEvent) => {
      if (event.key !== 'Tab') return;
      last = document.activeElement;
      if (!last || last === document.body || reached.has(last)) return;
      reached.add(last);
      if (!ringed(last)) found.push(`focus is not seen on ${nameOf(last)}`);
      if (!uncovered(last)) found.push(`focus lies under something: ${nameOf(last)}`);
    };
    document.addEventListener('keyup', onTab, true);

    window.kabaoWalk = {
      stops,
      problems() {
        document.removeEventListener('keyup', onTab, true);
        const missed = stops.filter((stop) => stop.isConnected && takesTab(stop) && !reached.has(stop));
        // After the last stop focus leaves the page, or begins again with its first; in a question it goes round.
        const out = modal || last === null || last === document.body || last === stops[0];
        return [
          ...found,
          ...missed.map((stop) => `Tab does not reach ${nameOf(stop)}`),
          ...(out ? [] : [`Tab does not come out at the end, but stays on ${nameOf(last)}`]),
        ];
      },
    };
    // Tab goes on from where focus was last: here from the beginning.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    scrollTo(0, 0);
    return stops.length;
  });
}
