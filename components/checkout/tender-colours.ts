import type { CardColours } from '@/components/card/engraving';

/**
 * The colour of each card in the split bar: that of its own face. Cards of one programme share a ground, so each
 * further one is a step lighter or darker, and neighbours differ. `#rrggbb`, in the order of `cards`.
 */
export function tenderColours(cards: readonly { readonly colours: CardColours }[]): string[] {
  const seen = new Map<string, number>();
  return cards.map(({ colours }) => {
    const times = seen.get(colours.to) ?? 0;
    seen.set(colours.to, times + 1);
    return shade(colours.to, STEPS[times % STEPS.length] ?? 0);
  });
}

/** Share of white (positive) or black (negative) that is mixed in. */
const STEPS = [0, 0.32, -0.2, 0.55, 0.16] as const;

function shade(colour: string, share: number): string {
  const goal = share > 0 ? 255 : 0;
  const weight = Math.abs(share);
  const channels = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16);
    return Math.round(channel + (goal - channel) * weight)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
