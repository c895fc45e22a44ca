import type { CardColours, SpendableCard } from '@/lib/cards';
import { GATEWAY_NAMES, type GatewayName } from '@/lib/gateways';
import { type Currency, type Id, invariant, ok, type Result, refuse } from '@/lib/kernel';
import { balancesOf, usableOf } from '@/lib/ledger';
import type { IneligibleReason } from '@/lib/policy';
import { type Checkout, type CheckoutLine, loadCheckout } from './load-checkout';
import type { CheckoutContext, Payment, Tender } from './model';
import { takesPayment } from './pay-order';
import type { PaymentState } from './payment-states';
import type { CardReason, ChosenCard, LineReason, QuoteRefusal, Shortfall } from './quote';
import { type CardFacts, cardsOfPayment, settledAtOf } from './story-store';
import type { TenderState } from './tender-states';

/** A card as screens name it. */
export interface CardLabel {
  readonly id: string;
  readonly lastFour: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly colours: CardColours;
}

/** The page on which an order is paid. Amounts in minor units. */
export interface CheckoutView {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  readonly payBy: Date;
  /** How many things, not how many lines. */
  readonly itemCount: number;
  /** Those that pay, in the order in which they pay; then the others. */
  readonly cards: readonly CheckoutCard[];
  readonly lines: readonly CheckoutLineView[];
  readonly cardMinor: bigint;
  /** For the other method. */
  readonly externalMinor: bigint;
  /** Who can collect that, in the order in which they are offered. */
  readonly methods: readonly GatewayName[];
}

export interface CheckoutCard extends CardLabel {
  readonly amountMinor: bigint;
  readonly availableMinor: bigint;
  readonly leftMinor: bigint;
  /** The most that this card could pay of this order: its balance, or less by its limit of the day or for what is in it. */
  readonly payableMinor: bigint;
  readonly expiresAt: Date | null;
  readonly reason: CardReason;
  readonly shortfall: Shortfall | null;
}

export interface CheckoutLineView {
  readonly id: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly quantity: number;
  readonly amountMinor: bigint;
  readonly cardMinor: bigint;
  readonly externalMinor: bigint;
  /** Which cards pay it, and how much each. */
  readonly paidBy: readonly { readonly cardId: string; readonly amountMinor: bigint }[];
  /** Why a part is left for the other method; null when cards pay all of it. */
  readonly reason: LineReason | null;
  /** Cards that could pay something else but not this. */
  readonly ineligible: readonly { readonly card: CardLabel; readonly reason: IneligibleReason }[];
}

export type CheckoutViewRefusal =
  | QuoteRefusal
  | { readonly code: 'order_not_found' }
  /** Being paid, paid or cancelled: its payment or the order itself tells how it stands. */
  | { readonly code: 'order_not_open'; readonly state: string }
  | { readonly code: 'order_expired' };

/** What a shopper sees before paying. Refuses another's order like one that does not exist. */
export async function checkoutView(
  context: CheckoutContext,
  input: { orderId: string; userId: Id<'usr'>; choice?: readonly ChosenCard[] | undefined },
): Promise<Result<CheckoutView, CheckoutViewRefusal>> {
  const loaded = await loadCheckout(context, input);
  if (!loaded.ok) return loaded;
  const { order, cards, quote } = loaded.value;
  if (order.state !== 'open') return refuse({ code: 'order_not_open', state: order.state });
  if (order.payBy <= context.now) return refuse({ code: 'order_expired' });
  const externalMinor = quote.remainderMinor;
  return ok({
    orderId: order.id,
    orderNumber: order.number,
    currency: order.currency,
    totalMinor: quote.totalMinor,
    payBy: order.payBy,
    itemCount: order.lines.reduce((count, line) => count + line.quantity, 0),
    cards: cardsOf(loaded.value),
    lines: order.lines.map((line) => lineOf(line, { cards, quote })),
    cardMinor: quote.cardMinor,
    externalMinor,
    methods: GATEWAY_NAMES.filter((name) => {
      const gateway = context.gateway(name);
      const amountMinor = externalMinor > 0n ? externalMinor : 1n;
      return gateway && takesPayment(gateway, { currency: order.currency, amountMinor });
    }),
  });
}

function cardsOf({ cards, quote }: Checkout): CheckoutCard[] {
  return quote.cards.map((quoted) => {
    const card = cards.find(({ id }) => id === quoted.cardId);
    invariant(card, 'a quoted card is one of the cards asked about');
    const { amountMinor, leftMinor, eligibleMinor, reason, shortfall } = quoted;
    const { availableMinor, expiresAt } = card;
    const todayMinor = card.dayLimit?.leftMinor ?? availableMinor;
    const payableMinor = card.obstacle !== null ? 0n : min(min(availableMinor, todayMinor), eligibleMinor);
    return {
      ...labelOf(card),
      amountMinor,
      availableMinor,
      leftMinor,
      payableMinor,
      expiresAt,
      reason,
      shortfall,
    };
  });
}

function lineOf(line: CheckoutLine, { cards, quote }: Pick<Checkout, 'cards' | 'quote'>): CheckoutLineView {
  const quoted = quote.lines.find(({ lineId }) => lineId === line.id);
  invariant(quoted, 'every line of the order is quoted');
  const { id, titleZh, titleEn, quantity, amountMinor } = line;
  return {
    id,
    titleZh,
    titleEn,
    quantity,
    amountMinor,
    cardMinor: quoted.cardMinor,
    externalMinor: quoted.remainderMinor,
    paidBy: quote.allocations.filter(({ lineId }) => lineId === id),
    reason: quoted.reason,
    ineligible: quoted.ineligible.flatMap(({ cardId, reason }) => {
      const card = cards.find((each) => each.id === cardId && each.obstacle === null);
      return card && card.availableMinor > 0n ? [{ card: labelOf(card), reason }] : [];
    }),
  };
}

function labelOf(card: SpendableCard): CardLabel {
  const { id, lastFour, programmeNameZh: nameZh, programmeNameEn: nameEn, colours } = card;
  return { id, lastFour, nameZh, nameEn, colours };
}

/** A payment by what it was, or is being, paid with. Amounts in minor units. */
export interface Receipt {
  readonly paymentId: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly state: PaymentState;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly cardMinor: bigint;
  readonly externalMinor: bigint;
  readonly refundedMinor: bigint;
  readonly gateway: GatewayName | null;
  readonly startedAt: Date;
  readonly paidAt: Date | null;
  /** When the gateway stops taking the other part; null when cards pay everything. */
  readonly expiresAt: Date | null;
  /** Whether the shopper can still go (back) to the gateway. */
  readonly canProceed: boolean;
  readonly tenders: readonly ReceiptTender[];
}

export interface ReceiptTender {
  readonly id: string;
  readonly kind: 'card' | 'external';
  /** With what can be spent from it now. */
  readonly card: (CardLabel & { readonly leftMinor: bigint; readonly expiresAt: Date | null }) | null;
  readonly gateway: GatewayName | null;
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
  readonly state: TenderState;
}

/** The receipt of this shopper's payment; `null` for another's as for one that does not exist. */
export async function receiptOf(
  context: CheckoutContext,
  payment: Payment | null,
  userId: Id<'usr'>,
): Promise<Receipt | null> {
  if (payment?.userId !== userId) return null;
  const [cards, paidAt] = await Promise.all([
    cardsOfPayment(context.db, payment.id),
    settledAtOf(context.db, payment.id),
  ]);
  const balances = await balancesOf(
    context.db,
    cards.map(({ accountId }) => accountId),
  );
  const tenders = payment.tenders.map((tender) => {
    const card = cards.find(({ label }) => label.id === tender.cardId);
    const balance = card && balances.get(card.accountId);
    return receiptTender(tender, card ?? null, balance ? usableOf(balance) : 0n);
  });
  const { id, orderId, orderNumber, state, currency, amountMinor, cardMinor, externalMinor } = payment;
  return {
    paymentId: id,
    orderId,
    orderNumber,
    state,
    currency,
    amountMinor,
    cardMinor,
    externalMinor,
    refundedMinor: payment.refundedMinor,
    gateway: payment.gateway,
    startedAt: payment.createdAt,
    paidAt,
    expiresAt: payment.expiresAt,
    canProceed: canProceed(context, payment),
    tenders,
  };
}

function receiptTender(tender: Tender, card: CardFacts | null, leftMinor: bigint): ReceiptTender {
  const { id, kind, gateway, amountMinor, refundedMinor, state } = tender;
  return {
    id,
    kind,
    card: card && { ...card.label, leftMinor, expiresAt: card.expiresAt },
    gateway,
    amountMinor,
    refundedMinor,
    state,
  };
}

/** The gateway takes nobody in the last moments before a payment's end. */
function canProceed(context: CheckoutContext, payment: Payment): boolean {
  const gateway = payment.gateway && context.gateway(payment.gateway);
  if (payment.state !== 'EXTERNAL_PENDING' || !gateway || !payment.expiresAt) return false;
  return payment.expiresAt.getTime() - context.now.getTime() >= gateway.capabilities.expiry.minMs;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
