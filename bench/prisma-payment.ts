import type { Checkout } from '../lib/checkout/load-checkout';
import type { Database } from '../lib/database';
import { newId } from '../lib/kernel';

/**
 * The same payment as Prisma's manual would have it: two interactive transactions, each a conversation of reads, checks
 * and nested writes. Only here, to be measured against. (Balances move by the database's trigger, as with ours.)
 */
export async function payThroughPrisma(db: Database, checkout: Checkout): Promise<void> {
  const payment = await reserve(db, checkout);
  await settle(db, payment);
}

const transactionOptions = { maxWait: 30_000, timeout: 30_000 };

function reserve(db: Database, { order, quote }: Checkout): Promise<string> {
  const now = new Date();
  const paymentId = newId('pay');
  const tenders = quote.cards.map(({ cardId, amountMinor }) => ({ id: newId('tnd'), cardId, amountMinor }));
  return db.$transaction(async (tx) => {
    const idempotency = { scope: `pay:${order.userId}`, key: order.id };
    if (await tx.idempotencyKey.findUnique({ where: { scope_key: idempotency } })) throw new Error('replay');
    await tx.idempotencyKey.create({
      data: { ...idempotency, fingerprint: 'bench', response: paymentId, createdAt: now },
    });
    const moved = await tx.order.updateMany({
      where: { id: order.id, userId: order.userId, state: 'open' },
      data: { state: 'paying' },
    });
    if (moved.count !== 1) throw new Error('the order is not open');
    const cards = await tx.card.findMany({
      where: { id: { in: tenders.map(({ cardId }) => cardId) } },
      include: { account: true },
    });
    for (const { cardId, amountMinor } of tenders) {
      const card = cards.find(({ id }) => id === cardId);
      if (card?.state !== 'active' || card.holderId !== order.userId) throw new Error('the card cannot pay');
      const { creditsPosted, debitsPosted, debitsPending } = card.account;
      if (creditsPosted - debitsPosted - debitsPending < amountMinor) throw new Error('too little');
    }
    await tx.payment.create({
      data: {
        id: paymentId,
        orderId: order.id,
        userId: order.userId,
        state: 'HELD',
        currency: order.currency,
        amountMinor: quote.totalMinor,
        cardMinor: quote.cardMinor,
        externalMinor: 0n,
        createdAt: now,
        checkAt: new Date(now.getTime() + 60_000),
        tenders: {
          create: tenders.map(({ id, cardId, amountMinor }, position) => ({
            id,
            kind: 'card',
            position,
            cardId,
            amountMinor,
            state: 'AUTHORIZED',
            lines: {
              create: quote.allocations
                .filter((allocation) => allocation.cardId === cardId)
                .map((allocation) => ({
                  orderLineId: allocation.lineId,
                  amountMinor: allocation.amountMinor,
                })),
            },
          })),
        },
        events: {
          create: [
            { id: newId('evt'), event: 'opened', toState: 'OPEN', at: now },
            { id: newId('evt'), event: 'cards_held', fromState: 'OPEN', toState: 'HELD', at: now },
          ],
        },
      },
    });
    const [line] = order.lines;
    await tx.transfer.createMany({
      data: tenders.map(({ id, cardId, amountMinor }) => ({
        id: `${id}:hold`,
        debitAccountId: cards.find((card) => card.id === cardId)?.accountId ?? '',
        creditAccountId: line?.merchantAccountId ?? '',
        amount: amountMinor,
        code: 201,
        kind: 'pending',
        timeoutAt: new Date(now.getTime() + 3_600_000),
        reference: paymentId,
        createdAt: now,
      })),
    });
    await tx.outboxMessage.create({
      data: {
        id: newId('out'),
        topic: 'payment.reserved',
        payload: JSON.stringify({ paymentId, userId: order.userId }),
        createdAt: now,
        availableAt: now,
      },
    });
    return paymentId;
  }, transactionOptions);
}

function settle(db: Database, paymentId: string): Promise<void> {
  const now = new Date();
  return db.$transaction(async (tx) => {
    const payment = await tx.payment.findUniqueOrThrow({
      where: { id: paymentId },
      include: { tenders: true },
    });
    const moved = await tx.payment.updateMany({
      where: { id: paymentId, state: 'HELD' },
      data: { state: 'PAID', settledAt: now, checkAt: null },
    });
    if (moved.count !== 1) throw new Error('the payment is not held');
    await tx.order.update({ where: { id: payment.orderId }, data: { state: 'paid', paidAt: now } });
    await tx.tender.updateMany({ where: { paymentId }, data: { state: 'CAPTURED' } });
    const holds = await tx.transfer.findMany({
      where: { id: { in: payment.tenders.map(({ id }) => `${id}:hold`) } },
    });
    await tx.transfer.createMany({
      data: holds.map(({ id, debitAccountId, creditAccountId, amount, code, reference }) => ({
        id: id.replace(':hold', ':capture'),
        debitAccountId,
        creditAccountId,
        amount,
        code,
        kind: 'post_pending',
        pendingId: id,
        reference,
        createdAt: now,
      })),
    });
    await tx.paymentEvent.create({
      data: { id: newId('evt'), paymentId, event: 'settled', fromState: 'HELD', toState: 'PAID', at: now },
    });
    await tx.outboxMessage.create({
      data: {
        id: newId('out'),
        topic: 'payment.paid',
        payload: JSON.stringify({ paymentId, userId: payment.userId }),
        createdAt: now,
        availableAt: now,
      },
    });
  }, transactionOptions);
}
