import type { Database } from '../lib/database';

export type PaymentRecord = Awaited<ReturnType<typeof readPayments>>[number];
export type Records = Awaited<ReturnType<typeof readRecords>>;

/** What the database holds, read once and indexed for `judge`. */
export async function readRecords(db: Database) {
  const payments = await readPayments(db);
  const keys = await db.idempotencyKey.findMany({
    where: { scope: { startsWith: 'refund:' } },
    select: { scope: true, key: true, response: true },
  });
  const users = await db.user.findMany({ select: { id: true, phone: true } });
  return {
    payments,
    userIds: new Map(users.map(({ id, phone }) => [phone, id])),
    cards: grouped(await readCards(db), (card) => card.holderId ?? ''),
    orders: grouped(await readOrders(db), (order) => order.userId),
    paymentsOf: grouped(payments, (payment) => payment.orderId),
    refundOf: new Map(keys.map(({ scope, key, response }) => [`${scope} ${key}`, response])),
  };
}

/** What has not come to its end: payments, holds, refunds, messages. */
export async function unfinished(db: Database): Promise<string[]> {
  const payments = await db.payment.findMany({
    where: { state: { in: ['OPEN', 'HELD', 'EXTERNAL_PENDING', 'CANCELLING', 'LATE_PAID'] } },
    select: { id: true, state: true, createdAt: true, checkAt: true },
  });
  const holds = await db.transfer.findMany({
    where: { kind: 'pending', resolution: { is: null } },
    select: { id: true, reference: true },
  });
  const refunds = await db.refund.findMany({
    where: { state: 'PENDING' },
    select: { id: true, checks: true },
  });
  const messages = await db.outboxMessage.findMany({
    where: { deliveredAt: null },
    select: { id: true, topic: true, lastError: true },
  });
  return [
    ...payments.map(
      ({ id, state, createdAt, checkAt }) =>
        `payment ${id} is ${state} since ${createdAt.toISOString()}, next check at ${checkAt?.toISOString() ?? 'no time'}`,
    ),
    ...holds.map(({ id, reference }) => `hold ${id} of ${reference} is open`),
    ...refunds.map(({ id, checks }) => `refund ${id} is pending after ${checks} checks`),
    ...messages.map(
      ({ id, topic, lastError }) => `message ${id} (${topic}) waits: ${lastError ?? 'no error'}`,
    ),
  ];
}

function readPayments(db: Database) {
  return db.payment.findMany({
    select: {
      id: true,
      orderId: true,
      state: true,
      cardMinor: true,
      externalMinor: true,
      tenders: {
        select: {
          id: true,
          kind: true,
          state: true,
          amountMinor: true,
          refundParts: { select: { id: true, state: true, amountMinor: true } },
        },
      },
      refunds: { select: { id: true, amountMinor: true } },
    },
  });
}

function readCards(db: Database) {
  return db.card.findMany({
    where: { holderId: { not: null } },
    select: { id: true, holderId: true, account: { select: { creditsPosted: true, debitsPosted: true } } },
  });
}

function readOrders(db: Database) {
  return db.order.findMany({ select: { id: true, userId: true, state: true, totalMinor: true } });
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
