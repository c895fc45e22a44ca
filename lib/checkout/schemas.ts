import { z } from 'zod';
import { parseMoney } from '@/lib/kernel';
import type { ChosenCard } from './quote-model';

/**
 * The shopper's own split (余额拆分) as a form sends it in the address: every card of the list as `row`, in its order;
 * the ticked ones as `card`; what is typed for each as `amount.<card>`; and what the page had filled in by itself as
 * `auto.<card>`. An amount that is still the page's own is no limit: the card then pays what it can. `move` is the
 * button that was pressed, `up.<card>` or `down.<card>`.
 */
export interface SplitForm {
  readonly rows: readonly SplitRow[];
}

export interface SplitRow {
  readonly cardId: string;
  readonly chosen: boolean;
  /** The most to take, minor units; null = as much as it can pay. */
  readonly maxMinor: bigint | null;
  /** What was typed, when that is no amount. */
  readonly mistyped: string | null;
}

/** More cards than anybody spreads one order over. */
const LONGEST = 60;

/** Reads the address; `null` when it holds no split of the shopper's own. Never refuses: what makes no sense is left out. */
export function readSplitForm(address: URLSearchParams): SplitForm | null {
  const ids = [...new Set(address.getAll('row'))].filter((id) => CARD_ID.test(id)).slice(0, LONGEST);
  if (ids.length === 0) return null;
  const chosen = new Set(address.getAll('card'));
  const rows = moved(ids, address.get('move')).map((cardId): SplitRow => {
    const typed = address.get(`amount.${cardId}`)?.trim() ?? '';
    const own = typed !== '' && typed !== address.get(`auto.${cardId}`);
    const maxMinor = own ? parseMoney(typed) : null;
    return {
      cardId,
      chosen: chosen.has(cardId),
      maxMinor,
      mistyped: own && maxMinor === null ? typed.slice(0, 20) : null,
    };
  });
  return { rows };
}

/** The choice that a split stands for: the ticked cards in their order. */
export function choiceOf(form: SplitForm): ChosenCard[] {
  return form.rows.filter((row) => row.chosen).map(({ cardId, maxMinor }) => ({ cardId, maxMinor }));
}

/** The address that shows a choice again, without the page's own amounts. */
export function splitAddress(choice: readonly ChosenCard[]): URLSearchParams {
  const address = new URLSearchParams();
  for (const { cardId, maxMinor } of choice) {
    address.append('row', cardId);
    address.append('card', cardId);
    if (maxMinor !== null) address.append(`amount.${cardId}`, decimalText(maxMinor));
  }
  // Rows without a tick: the choice of no card at all has to be told from no choice.
  if (choice.length === 0) address.append('row', NO_CARD);
  return address;
}

/** `1234` → `12.34`, as amount fields show and send it. */
export function decimalText(minor: bigint): string {
  return `${minor / 100n}.${(minor % 100n).toString().padStart(2, '0')}`;
}

const CARD_ID = /^crd_[0-9a-z]{26}$/;
const NO_CARD = `crd_${'0'.repeat(26)}`;

function moved(ids: readonly string[], move: string | null): readonly string[] {
  const [direction, cardId = ''] = move?.split('.') ?? [];
  const from = ids.indexOf(cardId);
  const to = direction === 'up' ? from - 1 : direction === 'down' ? from + 1 : from;
  if (from < 0 || to < 0 || to >= ids.length) return ids;
  return ids.with(from, ids[to] ?? cardId).with(to, cardId);
}

const minorSchema = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(BigInt);

/** A card of a choice as the pay form carries it: `crd_…:` or `crd_…:5000`. */
const chosenCardSchema = z.string().transform((text, context): ChosenCard => {
  const [cardId = '', maxMinor = ''] = text.split(':');
  if (CARD_ID.test(cardId) && /^\d{0,15}$/.test(maxMinor))
    return { cardId, maxMinor: maxMinor === '' ? null : BigInt(maxMinor) };
  context.addIssue({ code: 'custom', message: 'not a chosen card' });
  return z.NEVER;
});

export function chosenCardText({ cardId, maxMinor }: ChosenCard): string {
  return `${cardId}:${maxMinor ?? ''}`;
}

/** What the page of `checkoutView` posts: the split as it was shown, and one key per shown form. */
export const payFormSchema = z.object({
  idempotencyKey: z.uuid(),
  cardMinor: minorSchema,
  externalMinor: minorSchema,
  /** Who collects the other part; empty when cards pay everything. */
  method: z.string().max(40),
  /** `1`: the shopper's own choice, in `card`; else every usable card. */
  own: z.enum(['', '1']),
  card: z.array(chosenCardSchema).max(LONGEST),
});
export type PayForm = z.infer<typeof payFormSchema>;
