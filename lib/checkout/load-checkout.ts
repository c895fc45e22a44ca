import { type SpendableCard, spendableCards } from '@/lib/cards';
import { type Database, readTogether, type Tx } from '@/lib/database';
import { type Currency, type Id, invariant, isStorableText, ok, type Result, refuse } from '@/lib/kernel';
import { type MerchantKind, PRODUCT_KINDS, type ProductKind } from '@/lib/policy';
import { type ChosenCard, type Quote, type QuoteLine, type QuoteRefusal, quote } from './quote';
import { asCurrency, MERCHANT_ACCOUNT } from './store';

/** An order as checkout sees it. */
export interface CheckoutOrder {
  readonly id: string;
  readonly number: string;
  readonly userId: string;
  readonly state: string;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  readonly payBy: Date;
  readonly lines: readonly CheckoutLine[];
}

export interface CheckoutLine extends QuoteLine {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly quantity: number;
  readonly merchantAccountId: string;
}

export interface Checkout {
  readonly order: CheckoutOrder;
  readonly cards: readonly SpendableCard[];
  readonly quote: Quote;
}

/**
 * The order, the shopper's cards and the split between them, as of now. Refuses an order that is not this user's
 * like one that does not exist, and a choice of cards that makes no sense.
 */
export async function loadCheckout(
  context: { db: Database; now: Date; zone: string },
  input: { orderId: string; userId: Id<'usr'>; choice?: readonly ChosenCard[] | undefined },
): Promise<Result<Checkout, QuoteRefusal | { readonly code: 'order_not_found' }>> {
  const [order, cardsFor] = await Promise.all([
    findOrder(context.db, input.orderId),
    spendableCards(context, input.userId),
  ]);
  if (!order || order.userId !== input.userId) return refuse({ code: 'order_not_found' });
  const cards = cardsFor(order.currency);
  const split = quote({
    lines: order.lines,
    cards: cards.map((card) => ({ ...card, todayMinor: card.dayLimit?.leftMinor ?? null })),
    choice: input.choice,
  });
  return split.ok ? ok({ order, cards, quote: split.value }) : split;
}

async function findOrder(db: Database, id: string): Promise<CheckoutOrder | null> {
  if (!isStorableText(id)) return null;
  const row = await readOrder(db, id);
  return row && orderOf(row);
}

function orderOf(row: OrderRow): CheckoutOrder {
  return {
    id: row.id,
    number: row.number,
    userId: row.userId,
    state: row.state,
    currency: asCurrency(row.currency),
    totalMinor: row.totalMinor,
    payBy: row.payBy,
    lines: row.lines.map((line) => ({
      id: line.id,
      amountMinor: line.amountMinor,
      kind: asProductKind(line.kind),
      category: line.category,
      merchantId: line.merchantId,
      merchantKind: asMerchantKind(line.merchantKind),
      merchantAccountId: line.merchant.accountId,
      titleZh: line.titleZh,
      titleEn: line.titleEn,
      quantity: line.quantity,
    })),
  };
}

const readOrder = readTogether(
  (client: Database | Tx, ids: readonly string[]) =>
    client.order.findMany({
      where: { id: { in: [...ids] } },
      include: { lines: { orderBy: { position: 'asc' }, include: { merchant: MERCHANT_ACCOUNT } } },
    }),
  ({ id }) => id,
);

type OrderRow = NonNullable<Awaited<ReturnType<typeof readOrder>>>;

function asProductKind(text: string): ProductKind {
  const kind = PRODUCT_KINDS.find((each) => each === text);
  invariant(kind, `product kind ${text}`);
  return kind;
}

function asMerchantKind(text: string): MerchantKind {
  invariant(text === 'self' || text === 'pop', `merchant kind ${text}`);
  return text;
}
