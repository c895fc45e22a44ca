import type { CardColours } from '@/lib/cards';
import type { Database, Tx } from '@/lib/database';
import { asRefundState, type RefundState } from './refund-states';

/** A card that took part in a payment, whoever holds it now. */
export interface CardFacts {
  readonly label: {
    readonly id: string;
    readonly lastFour: string;
    readonly nameZh: string;
    readonly nameEn: string;
    readonly colours: CardColours;
  };
  readonly accountId: string;
  readonly expiresAt: Date | null;
}

export async function cardsOfPayment(client: Database | Tx, paymentId: string): Promise<CardFacts[]> {
  const rows = await client.card.findMany({
    where: { tenders: { some: { paymentId } } },
    include: { programme: true },
  });
  return rows.map(({ id, lastFour, accountId, expiresAt, programme }) => ({
    label: {
      id,
      lastFour,
      nameZh: programme.nameZh,
      nameEn: programme.nameEn,
      colours: { from: programme.colourFrom, to: programme.colourTo },
    },
    accountId,
    expiresAt,
  }));
}

export async function settledAtOf(client: Database | Tx, paymentId: string): Promise<Date | null> {
  const row = await client.payment.findUnique({ where: { id: paymentId }, select: { settledAt: true } });
  return row?.settledAt ?? null;
}

/** One stored event of any payment of an order. */
export interface StoredEvent {
  readonly id: string;
  readonly paymentId: string;
  readonly event: string;
  readonly detail: string | null;
  readonly at: Date;
}

export async function eventsOfOrder(client: Database | Tx, orderId: string): Promise<StoredEvent[]> {
  return client.paymentEvent.findMany({
    where: { payment: { orderId } },
    select: { id: true, paymentId: true, event: true, detail: true, at: true },
  });
}

/** What was tried to pay an order with. */
export async function attemptsOfOrder(client: Database | Tx, orderId: string) {
  return client.payment.findMany({
    where: { orderId },
    select: { id: true, cardMinor: true, externalMinor: true, gateway: true },
  });
}

export interface StoredRefund {
  readonly id: string;
  readonly state: RefundState;
  readonly amountMinor: bigint;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
  readonly parts: readonly {
    readonly id: string;
    readonly tenderId: string;
    readonly amountMinor: bigint;
    readonly state: RefundState;
  }[];
}

/** Newest first. All are of one payment: only one can have paid the order. */
export async function refundsOfOrder(client: Database | Tx, orderId: string): Promise<StoredRefund[]> {
  const rows = await client.refund.findMany({
    where: { payment: { orderId } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    include: { parts: true },
  });
  return rows.map(({ id, state, amountMinor, reason, createdAt, settledAt, parts }) => ({
    id,
    state: asRefundState(state),
    amountMinor,
    reason,
    createdAt,
    settledAt,
    parts: parts.map((part) => ({ ...part, state: asRefundState(part.state) })),
  }));
}
