import { type Database, type Row, readTogether, type Tx } from '@/lib/database';
import { GATEWAY_NAMES, type GatewayName } from '@/lib/gateways';
import { type Currency, invariant, isStorableText, MINUTE_MS, newId, plusMs } from '@/lib/kernel';
import type { Payment, Refund, Tender } from './model';
import { aliveStates, asPaymentState, type PaymentEventName, type PaymentState } from './payment-states';
import { asRefundState } from './refund-states';
import { asTenderState } from './tender-states';

/** The account that takes what a merchant is paid. */
export const MERCHANT_ACCOUNT = { select: { accountId: true } } as const;

const withTenders = {
  order: { select: { number: true } },
  tenders: {
    orderBy: { position: 'asc' },
    include: {
      card: { select: { accountId: true } },
      lines: { include: { orderLine: { select: { merchant: MERCHANT_ACCOUNT } } } },
    },
  },
} as const;

export async function findPayment(client: Database | Tx, id: string): Promise<Payment | null> {
  const row = isStorableText(id) ? await readPayment(client, id) : null;
  return row ? toPayment(row) : null;
}

export async function findPaymentOfTender(client: Database | Tx, tenderId: string): Promise<Payment | null> {
  const tender = await client.tender.findUnique({ where: { id: tenderId }, select: { paymentId: true } });
  return tender ? findPayment(client, tender.paymentId) : null;
}

/** The order's payment that is alive, or else its latest. The clocks of two servers may disagree on the latest. */
export async function findPaymentOfOrder(client: Database | Tx, orderId: string): Promise<Payment | null> {
  if (!isStorableText(orderId)) return null;
  const first = (where: { state?: { in: PaymentState[] } }) =>
    client.payment.findFirst({
      where: { orderId, ...where },
      orderBy: { createdAt: 'desc' },
      include: withTenders,
    });
  const row = (await first({ state: { in: [...aliveStates] } })) ?? (await first({}));
  return row ? toPayment(row) : null;
}

/** No check is scheduled further ahead than this: one that is was scheduled by a wrong clock, and counts as due. */
const LATEST_CHECK_MS = 10 * MINUTE_MS;

function isDue(now: Date) {
  return { OR: [{ checkAt: { lte: now } }, { checkAt: { gt: plusMs(now, LATEST_CHECK_MS) } }] };
}

/** Ids of payments whose next check is due, oldest first. */
export async function duePayments(
  client: Database,
  now: Date,
  take: number,
): Promise<{ id: string; checkAt: Date }[]> {
  const rows = await client.payment.findMany({
    where: isDue(now),
    orderBy: { checkAt: 'asc' },
    select: { id: true, checkAt: true },
    take,
  });
  return rows.flatMap(({ id, checkAt }) => (checkAt ? [{ id, checkAt }] : []));
}

export async function dueRefunds(
  client: Database,
  now: Date,
  take: number,
): Promise<{ id: string; checkAt: Date }[]> {
  const rows = await client.refund.findMany({
    where: isDue(now),
    orderBy: { checkAt: 'asc' },
    select: { id: true, checkAt: true },
    take,
  });
  return rows.flatMap(({ id, checkAt }) => (checkAt ? [{ id, checkAt }] : []));
}

/** Claims a due payment for this worker by moving its next check; false when another worker was faster. */
export async function claimPayment(
  client: Database,
  due: { id: string; checkAt: Date },
  until: Date,
): Promise<boolean> {
  const { count } = await client.payment.updateMany({ where: due, data: { checkAt: until } });
  return count === 1;
}

export async function claimRefund(
  client: Database,
  due: { id: string; checkAt: Date },
  until: Date,
): Promise<boolean> {
  const { count } = await client.refund.updateMany({ where: due, data: { checkAt: until } });
  return count === 1;
}

export async function findRefund(client: Database | Tx, id: string): Promise<Refund | null> {
  const row = await client.refund.findUnique({ where: { id }, include: { parts: true } });
  if (!row) return null;
  return {
    id: row.id,
    paymentId: row.paymentId,
    state: asRefundState(row.state),
    amountMinor: row.amountMinor,
    reason: row.reason,
    checks: row.checks,
    parts: row.parts.map((part) => ({
      id: part.id,
      refundId: row.id,
      tenderId: part.tenderId,
      amountMinor: part.amountMinor,
      state: asRefundState(part.state),
    })),
  };
}

/** The refund that a request with this key made; null when there was none. */
export async function findRefundByKey(
  client: Database | Tx,
  request: { paymentId: string; idempotencyKey: string },
): Promise<Refund | null> {
  const stored = await storedAnswer(client, {
    scope: refundScope(request.paymentId),
    key: request.idempotencyKey,
  });
  return stored && findRefund(client, stored.response);
}

/** What a request with this key was answered; null when there was none. */
export function storedAnswer(
  client: Database | Tx,
  { scope, key }: { scope: string; key: string },
): Promise<{ fingerprint: string; response: string } | null> {
  // Not findUnique: of many at once Prisma makes one condition, which SQLite refuses as too deep from about 500 on.
  return client.idempotencyKey.findFirst({ where: { scope, key } });
}

export function refundScope(paymentId: string): string {
  return `refund:${paymentId}`;
}

/** One entry of a payment's story, for the commit of the move itself. */
export function eventRow(event: {
  paymentId: string;
  name: PaymentEventName | 'opened';
  from: PaymentState | null;
  to: PaymentState;
  at: Date;
  detail?: string;
}): Row {
  return {
    id: newId('evt'),
    paymentId: event.paymentId,
    event: event.name,
    fromState: event.from,
    toState: event.to,
    detail: event.detail ?? null,
    at: event.at.toISOString(),
  };
}

/** Something the worker delivers after this commit; `payload` holds ids, never secrets. */
export function outboxRow(topic: string, payload: Record<string, string>, now: Date): Row {
  return {
    id: newId('out'),
    topic,
    payload: JSON.stringify(payload),
    createdAt: now.toISOString(),
    availableAt: now.toISOString(),
    attempts: 0,
    leasedBy: null,
    leasedUntil: null,
    deliveredAt: null,
    parkedAt: null,
    lastError: null,
  };
}

type PaymentRow = NonNullable<Awaited<ReturnType<typeof readPayment>>>;

const readPayment = readTogether(
  (client: Database | Tx, ids: readonly string[]) =>
    client.payment.findMany({ where: { id: { in: [...ids] } }, include: withTenders }),
  ({ id }) => id,
);

function toPayment(row: PaymentRow): Payment {
  return {
    id: row.id,
    orderId: row.orderId,
    orderNumber: row.order.number,
    userId: row.userId,
    state: asPaymentState(row.state),
    currency: asCurrency(row.currency),
    amountMinor: row.amountMinor,
    cardMinor: row.cardMinor,
    externalMinor: row.externalMinor,
    refundedMinor: row.refundedMinor,
    gateway: asGateway(row.gateway),
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    checkAt: row.checkAt,
    checks: row.checks,
    tenders: row.tenders.map(toTender),
  };
}

function toTender(row: PaymentRow['tenders'][number]): Tender {
  invariant(row.kind === 'card' || row.kind === 'external', `tender kind ${row.kind}`);
  return {
    id: row.id,
    kind: row.kind,
    cardId: row.cardId,
    accountId: row.card?.accountId ?? null,
    gateway: asGateway(row.gateway),
    amountMinor: row.amountMinor,
    refundedMinor: row.refundedMinor,
    state: asTenderState(row.state),
    gatewayReference: row.gatewayReference,
    lines: row.lines.map(({ orderLineId, orderLine, amountMinor, refundedMinor }) => ({
      orderLineId,
      merchantAccountId: orderLine.merchant.accountId,
      amountMinor,
      refundedMinor,
    })),
  };
}

export function asCurrency(text: string): Currency {
  invariant(text === 'CNY' || text === 'USD', `currency ${text}`);
  return text;
}

function asGateway(text: string | null): GatewayName | null {
  if (text === null) return null;
  const found = GATEWAY_NAMES.find((name) => name === text);
  invariant(found, `gateway ${text}`);
  return found;
}
