import type { Page } from '@playwright/test';

/** What a reader meets on the page as it is drawn now. Elements are named by what they are and what they say. */
export interface Facts {
  readonly lang: string;
  readonly title: string;
  readonly headings: readonly string[];
  /** What has focus. */
  readonly focus: string;
  /** How far the page scrolls sideways, in px. */
  readonly sideways: number;
  readonly targets: readonly Target[];
  readonly texts: readonly Text[];
  /** What moves for longer than a moment although reduced motion is asked for. */
  readonly moving: readonly string[];
}

interface Target {
  readonly what: string;
  /** The shorter side. */
  readonly px: number;
  /** `sentence`: a word of a text, whose size is the line's. `row`: in a table or among facts. `list`: a link of a list. */
  readonly place: 'sentence' | 'row' | 'list' | 'free';
}

interface Text {
  readonly what: string;
  readonly px: number;
  /** Line height by type size, where it stands on several lines; else null. */
  readonly leading: number | null;
  /** Chinese in a page or a part that says it is in another language. */
  readonly unmarkedChinese: boolean;
}

/** Everything at once, in the page, because asking element by element takes many times as long. */
export function readFacts(page: Page): Promise<Facts> {
  return page.evaluate(() => {
    const nameOf = (element: Element) => {
      const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ');
      return `<${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ''}> ${words.trim().slice(0, 40)}`;
    };
    const clipped = new Map<Element, boolean>();
    const isClipped = (element: Element): boolean => {
      const known = clipped.get(element);
      if (known !== undefined) return known;
      const around = element.parentElement;
      const found =
        (around !== null && isClipped(around)) || getComputedStyle(element).clipPath === 'inset(50%)';
      clipped.set(element, found);
      return found;
    };
    /** Drawn, and not only for a screen reader. */
    const seen = (element: Element) => {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
      if (isClipped(element)) return false;
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.height > 1;
    };

    const placeOf = (element: Element) => {
      if (element.closest('td, th, dd')) return 'row' as const;
      if (element.matches('li a') && !element.closest('nav')) return 'list' as const;
      const words = (text: Node | null) => (text?.textContent ?? '').trim();
      const inline = getComputedStyle(element).display === 'inline';
      return inline && words(element.parentElement) !== words(element)
        ? ('sentence' as const)
        : ('free' as const);
    };
    const controls = document.querySelectorAll('a[href], button, summary, select, textarea, input, audio');
    const targets = [...controls]
      .filter((element) => !element.matches('[type=hidden], [tabindex="-1"], :disabled') && seen(element))
      .map((element) => {
        const ticked = element instanceof HTMLInputElement && /checkbox|radio/.test(element.type);
        const box = ((ticked ? element.labels?.[0] : null) ?? element).getBoundingClientRect();
        const px = Math.round(Math.min(box.width, box.height) * 10) / 10;
        return { what: nameOf(element), px, place: placeOf(element) };
      });

    const texts: { what: string; px: number; leading: number | null; unmarkedChinese: boolean }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const words = node.textContent?.trim();
      if (!element || !words || element.closest('script, style, noscript, option') || !seen(element))
        continue;
      range.selectNodeContents(node);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
      const style = getComputedStyle(element);
      const px = Number.parseFloat(style.fontSize);
      texts.push({
        what: `${nameOf(element)}: ${words.slice(0, 20)}`,
        px,
        leading: lines > 1 ? Number.parseFloat(style.lineHeight) / px : null,
        unmarkedChinese: /\p{Script=Han}/u.test(words) && !element.closest('[lang]')?.matches(':lang(zh)'),
      });
    }

    const longest = (list: string) => Math.max(...list.split(',').map((time) => Number.parseFloat(time)));
    const moving = [...document.querySelectorAll('body *')].filter((element) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
      return (
        (animationName !== 'none' && longest(animationDuration) > 0.01) || longest(transitionDuration) > 0.01
      );
    });

    const root = document.documentElement;
    return {
      lang: root.lang,
      title: document.title,
      headings: [...document.querySelectorAll('h1')].map((heading) => (heading.textContent ?? '').trim()),
      focus: document.activeElement?.getAttribute('role') ?? document.activeElement?.id ?? '',
      sideways: root.scrollWidth - root.clientWidth,
      targets,
      texts,
      moving: moving.map(nameOf),
    };
  });
}
