import type { Currency } from '@/lib/kernel';

/** Which part of the story an entry belongs to; the filter of a case view. */
export const STORY_PARTS = ['account', 'cards', 'money', 'messages', 'staff'] as const;
export type StoryPart = (typeof STORY_PARTS)[number];

/** Who made it happen. */
export type StoryActor =
  | { readonly kind: 'holder' | 'system' | 'gateway' }
  | { readonly kind: 'staff'; readonly id: string; readonly name: string };

/** One thing that happened, to be put into words: `kind` is a key of `admin.story`, `words` are the values of its sentence. */
export interface StoryEntry {
  readonly id: string;
  readonly at: Date;
  readonly part: StoryPart;
  readonly kind: string;
  readonly by: StoryActor;
  readonly words?: Readonly<Record<string, string>>;
  /** Signed minor units: what came in is positive. */
  readonly amountMinor?: bigint;
  readonly balanceAfterMinor?: bigint;
  readonly currency?: Currency;
  /** In the words of who acted; or why something failed. */
  readonly note?: string | null;
  readonly tone?: 'jade' | 'amber' | 'danger';
  /** Which card or order it is about, when that is not the case itself. */
  readonly about?: { readonly type: 'card' | 'order'; readonly id: string; readonly label: string } | null;
  /** Where money went, part by part. */
  readonly parts?: readonly StoryPartAmount[];
  /** How often the same happened in a row; left out for once. */
  readonly times?: number;
}

export interface StoryPartAmount {
  /** A card's last four, or a gateway's name. */
  readonly to:
    | { readonly kind: 'card'; readonly lastFour: string }
    | { readonly kind: 'gateway'; readonly name: string };
  readonly amountMinor: bigint;
  readonly state: string;
}

export interface StoryPage {
  readonly entries: readonly StoryEntry[];
  /** Give it as `before` to read on; null at the beginning of the story. */
  readonly nextBefore: string | null;
}

export const STORY_PAGE_SIZE = 50;
/** Each source is asked for this many: more than a page, so that what happened in one instant stays together. */
export const STORY_SOURCE_SIZE = 2 * STORY_PAGE_SIZE;

/**
 * One page out of many sources, newest first. Everything of the instant at which a page ends is on that page, so that
 * the next one begins strictly before it. Later causes stand above earlier ones of the same instant: by id.
 */
export function mergeStory(sources: readonly (readonly StoryEntry[])[]): StoryPage {
  const all = sources.flat().toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
  const last = all[STORY_PAGE_SIZE - 1];
  if (!last) return { entries: foldRepeats(all), nextBefore: null };
  const page = all.filter((entry) => entry.at >= last.at);
  return {
    entries: foldRepeats(page),
    nextBefore: page.length < all.length ? last.at.toISOString() : null,
  };
}

/** The instant that a page's address names, or `fallback` for anything else. */
export function storyBefore(text: string | undefined, fallback: Date): Date {
  if (!text || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return fallback;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) || at > fallback ? fallback : at;
}

/** Repeated views by one person become one entry, with the latest time and a count. */
export function foldRepeats(entries: readonly StoryEntry[]): StoryEntry[] {
  const folded: StoryEntry[] = [];
  for (const entry of entries) {
    const above = folded.at(-1);
    if (above && isSameLook(above, entry)) {
      folded[folded.length - 1] = { ...above, times: (above.times ?? 1) + 1 };
    } else {
      folded.push(entry);
    }
  }
  return folded;
}

function isSameLook(a: StoryEntry, b: StoryEntry): boolean {
  return (
    a.part === 'staff' &&
    b.part === 'staff' &&
    a.kind === b.kind &&
    a.by.kind === 'staff' &&
    b.by.kind === 'staff' &&
    a.by.id === b.by.id &&
    a.about?.id === b.about?.id
  );
}
