import { z } from 'zod';
import type { ChosenCard } from './quote-model';
import { CARD_ID, LONGEST } from './split-form';

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
