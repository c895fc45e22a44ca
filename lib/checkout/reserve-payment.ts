import type { SpendableCard } from '@/lib/cards';
import type { GuardedUpdate, Row } from '@/lib/database';
import type { GatewayName } from '@/lib/gateways';
import { invariant, newId } from '@/lib/kernel';
import type { LedgerUnit } from '@/lib/ledger';
import type { Checkout, CheckoutOrder } from './load-checkout';
import {
  EXTERNAL_WINDOW_MS,
  HOLD_GRACE_MS,
  nextCheckAt,
  type Payment,
  type Tender,
  type TenderLine,
} from './model';
import { holdTransfers, spendTransfers } from './movements';
import { nextPaymentState } from './payment-states';
import { eventRow, outboxRow } from './store';

interface Opening {
  readonly method: GatewayName | null;
  readonly now: Date;
  readonly idempotency: { readonly key: string; readonly fingerprint: string };
}

/**
 * The first phase of a payment of which another method collects a part, as one unit of work: the payment, its tenders, the
 * holds on the cards, and the idempotency key. Pure but for the ids it makes. It commits only if the order is still open and
 * every card still active and in this shopper's hands, with no other payment weighed against a card's limit since it was
 * read. The intent to collect the other part is recorded before the gateway is called.
 */
export function reservation(checkout: Checkout, opening: Opening): { payment: Payment; unit: LedgerUnit } {
  const { now } = opening;
  const payment = newPayment(checkout, opening.method, now);
  const holdUntil = new Date((payment.expiresAt ?? now).getTime() + HOLD_GRACE_MS);
  const unit = openingUnit(checkout, payment, {
    ...opening,
    order: { state: 'paying' },
    settledAt: null,
    events: reservedEvents(payment, now),
    topic: 'payment.reserved',
    transfers: holdTransfers(payment, holdUntil),
  });
  return { payment, unit };
}

/**
 * A payment that cards make alone, whole, as one unit of work under the same guards: nobody else has to be asked between
 * holding and capturing, so nothing is held.
 */
export function paymentAtOnce(
  checkout: Checkout,
  opening: Omit<Opening, 'method'>,
): { payment: Payment; unit: LedgerUnit } {
  const { now } = opening;
  const opened = newPayment(checkout, null, now);
  const state = nextPaymentState('OPEN', 'settled');
  invariant(state, 'what cards pay alone is settled as it is opened');
  const tenders = opened.tenders.map((tender) => ({ ...tender, state: 'CAPTURED' as const }));
  const payment = { ...opened, state, checkAt: null, tenders };
  const base = { paymentId: payment.id, at: now };
  const unit = openingUnit(checkout, payment, {
    ...opening,
    order: { state: 'paid', paidAt: now.toISOString() },
    settledAt: now,
    events: [
      eventRow({ ...base, name: 'opened', from: null, to: 'OPEN' }),
      eventRow({ ...base, name: 'settled', from: 'OPEN', to: state }),
    ],
    topic: 'payment.paid',
    transfers: spendTransfers(payment),
  });
  return { payment, unit };
}

function openingUnit(
  { cards }: Checkout,
  payment: Payment,
  how: Omit<Opening, 'method'> & {
    /** What becomes of the order. */
    readonly order: Row;
    readonly settledAt: Date | null;
    readonly events: Row[];
    readonly topic: string;
    readonly transfers: LedgerUnit['transfers'];
  },
): LedgerUnit {
  const { now, idempotency } = how;
  const usedCards = cards.filter((card) => payment.tenders.some(({ cardId }) => cardId === card.id));
  return {
    idempotency: {
      scope: `pay:${payment.userId}`,
      key: idempotency.key,
      fingerprint: idempotency.fingerprint,
      response: payment.id,
      createdAt: now.toISOString(),
    },
    updates: [
      {
        table: 'Order',
        key: { id: payment.orderId },
        expect: { state: 'open', userId: payment.userId },
        set: how.order,
      },
      ...usedCards.map((card) => ({
        table: 'Card' as const,
        key: { id: card.id },
        expect: { state: 'active', holderId: payment.userId },
        set: {},
      })),
      ...usedCards.flatMap(limitGuard),
    ],
    inserts: [
      { table: 'Payment', rows: [paymentRow(payment, how.settledAt)] },
      { table: 'Tender', rows: payment.tenders.map((tender, index) => tenderRow(payment, tender, index)) },
      { table: 'TenderLine', rows: payment.tenders.flatMap(tenderLineRows) },
      { table: 'PaymentEvent', rows: how.events },
      {
        table: 'OutboxMessage',
        rows: [outboxRow(how.topic, { paymentId: payment.id, userId: payment.userId }, now)],
      },
    ],
    transfers: how.transfers,
  };
}

/** Nothing for a card without a limit: it costs its payments no row. */
function limitGuard({ id, dayLimit }: SpendableCard): GuardedUpdate[] {
  if (dayLimit === null) return [];
  const { version, limitMinor } = dayLimit;
  return [
    {
      table: 'CardSetting',
      key: { cardId: id },
      expect: { version, dayLimitMinor: limitMinor },
      set: { version: version + 1 },
    },
  ];
}

function newPayment({ order, cards, quote }: Checkout, method: GatewayName | null, now: Date): Payment {
  const external = quote.remainderMinor > 0n;
  invariant(!external || method, 'what cards do not pay needs another method');
  return {
    id: newId('pay'),
    orderId: order.id,
    orderNumber: order.number,
    userId: order.userId,
    state: external ? 'EXTERNAL_PENDING' : 'HELD',
    currency: order.currency,
    amountMinor: quote.totalMinor,
    cardMinor: quote.cardMinor,
    externalMinor: quote.remainderMinor,
    refundedMinor: 0n,
    gateway: external ? method : null,
    createdAt: now,
    expiresAt: external ? new Date(now.getTime() + EXTERNAL_WINDOW_MS) : null,
    checkAt: nextCheckAt(now, 1),
    checks: 0,
    tenders: [
      ...cardTendersOf({ order, cards, quote }),
      ...(external && method ? [externalTender({ order, cards, quote }, method)] : []),
    ],
  };
}

function cardTendersOf({ order, cards, quote }: Checkout): Tender[] {
  return quote.cards
    .filter((card) => card.amountMinor > 0n)
    .map(({ cardId, amountMinor }) => {
      const card: SpendableCard | undefined = cards.find(({ id }) => id === cardId);
      invariant(card, 'a quoted card is one of the cards asked about');
      const allocations = quote.allocations.filter((allocation) => allocation.cardId === cardId);
      return {
        id: newId('tnd'),
        kind: 'card' as const,
        cardId,
        accountId: card.accountId,
        gateway: null,
        amountMinor,
        refundedMinor: 0n,
        state: 'AUTHORIZED' as const,
        gatewayReference: null,
        lines: allocations.map((allocation) => lineOf(order, allocation.lineId, allocation.amountMinor)),
      };
    });
}

function externalTender({ order, quote }: Checkout, gateway: GatewayName): Tender {
  return {
    id: newId('tnd'),
    kind: 'external',
    cardId: null,
    accountId: null,
    gateway,
    amountMinor: quote.remainderMinor,
    refundedMinor: 0n,
    state: 'PENDING',
    gatewayReference: null,
    lines: quote.lines
      .filter((line) => line.remainderMinor > 0n)
      .map((line) => lineOf(order, line.lineId, line.remainderMinor)),
  };
}

function lineOf(order: CheckoutOrder, orderLineId: string, amountMinor: bigint): TenderLine {
  const line = order.lines.find(({ id }) => id === orderLineId);
  invariant(line, 'a quoted line is one of the order');
  return { orderLineId, merchantAccountId: line.merchantAccountId, amountMinor, refundedMinor: 0n };
}

/** In the order in which they happened: ids tell apart what has the same instant. */
function reservedEvents(payment: Payment, now: Date): Row[] {
  const base = { paymentId: payment.id, at: now };
  const opened = eventRow({ ...base, name: 'opened', from: null, to: 'OPEN' });
  const held = eventRow({ ...base, name: 'cards_held', from: 'OPEN', to: 'HELD' });
  if (payment.state === 'HELD') return [opened, held];
  return [
    opened,
    held,
    eventRow({ ...base, name: 'external_started', from: 'HELD', to: 'EXTERNAL_PENDING' }),
  ];
}

function paymentRow(payment: Payment, settledAt: Date | null): Row {
  const { id, orderId, userId, state, currency, amountMinor, cardMinor, externalMinor, gateway } = payment;
  return {
    id,
    orderId,
    userId,
    state,
    currency,
    amountMinor,
    cardMinor,
    externalMinor,
    refundedMinor: 0n,
    gateway,
    createdAt: payment.createdAt.toISOString(),
    expiresAt: payment.expiresAt?.toISOString() ?? null,
    settledAt: settledAt?.toISOString() ?? null,
    checkAt: payment.checkAt?.toISOString() ?? null,
    checks: 0,
  };
}

function tenderRow(payment: Payment, tender: Tender, position: number): Row {
  const { id, kind, cardId, gateway, amountMinor, state, gatewayReference } = tender;
  return {
    id,
    paymentId: payment.id,
    kind,
    position,
    cardId,
    gateway,
    amountMinor,
    refundedMinor: 0n,
    state,
    gatewayReference,
  };
}

function tenderLineRows(tender: Tender): Row[] {
  return tender.lines.map(({ orderLineId, amountMinor }) => ({
    tenderId: tender.id,
    orderLineId,
    amountMinor,
    refundedMinor: 0n,
  }));
}
