import type { Database } from '@/lib/database';
import { balancesOf, houseAccount } from '@/lib/ledger';
import { type Merchant, type MerchantSnapshot, must, type Snapshot } from './snapshot';

/** Whose snapshot is taken, and the balances before this run of the accounts that runs share. */
export interface Frame {
  readonly db: Database;
  readonly userId: string;
  readonly before: Pick<Snapshot, 'merchants' | 'house'>;
}

export const EMPTY: Frame['before'] = {
  merchants: {
    self: { postedMinor: 0n, creditsPending: 0n, debitsPending: 0n },
    pop: { postedMinor: 0n, creditsPending: 0n, debitsPending: 0n },
  },
  house: { receivableMinor: 0n, suspenseMinor: 0n },
};

/** Reads the snapshot of one shopper from the database. Call it only while no request is under way. */
export async function observe(frame: Frame): Promise<Snapshot> {
  const payments = await paymentsOf(frame);
  const tenderIds = [...payments.values()].flatMap(({ tenders }) => tenders.map(({ id }) => id));
  return {
    cards: await cardsOf(frame),
    orders: await ordersOf(frame),
    payments,
    ...(await gatewayOf(frame.db, tenderIds)),
    ...(await sharedOf(frame)),
  };
}

async function cardsOf({ db, userId }: Frame): Promise<Snapshot['cards']> {
  const rows = await db.card.findMany({ where: { holderId: userId }, orderBy: { id: 'asc' } });
  const balances = await balancesOf(
    db,
    rows.map(({ accountId }) => accountId),
  );
  return new Map(
    rows.map(({ id, accountId, state, expiresAt }) => {
      const balance = must(balances.get(accountId), `account ${accountId}`);
      return [
        id,
        {
          accountId,
          expiresMs: expiresAt?.getTime() ?? null,
          postedMinor: balance.creditsPosted - balance.debitsPosted,
          heldMinor: balance.debitsPending,
          frozen: state === 'frozen',
        },
      ];
    }),
  );
}

async function ordersOf({ db, userId }: Frame): Promise<Snapshot['orders']> {
  const rows = await db.order.findMany({
    where: { userId },
    orderBy: { id: 'asc' },
    include: { lines: { orderBy: { position: 'asc' } } },
  });
  return new Map(
    rows.map(({ id, state, payBy, lines }) => [
      id,
      {
        state,
        payByMs: payBy.getTime(),
        lines: lines.map((line) => ({
          id: line.id,
          amountMinor: line.amountMinor,
          kind: line.kind,
          merchant: merchantOf(line.merchantId),
        })),
      },
    ]),
  );
}

async function paymentsOf({ db, userId }: Frame): Promise<Snapshot['payments']> {
  const rows = await db.payment.findMany({
    where: { userId },
    orderBy: { id: 'asc' },
    include: {
      tenders: { orderBy: { position: 'asc' }, include: { lines: { orderBy: { orderLineId: 'asc' } } } },
      refunds: {
        orderBy: { id: 'asc' },
        include: { parts: { orderBy: { id: 'asc' }, include: { lines: true } } },
      },
    },
  });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        orderId: row.orderId,
        state: row.state,
        cardMinor: row.cardMinor,
        externalMinor: row.externalMinor,
        refundedMinor: row.refundedMinor,
        expiresMs: row.expiresAt?.getTime() ?? null,
        tenders: row.tenders.map((tender) => ({
          id: tender.id,
          cardId: tender.cardId,
          state: tender.state,
          amountMinor: tender.amountMinor,
          refundedMinor: tender.refundedMinor,
          lines: new Map(
            tender.lines.map(({ orderLineId, amountMinor, refundedMinor }) => [
              orderLineId,
              { paidMinor: amountMinor, backMinor: refundedMinor },
            ]),
          ),
        })),
        refunds: row.refunds.map((refund) => ({
          id: refund.id,
          state: refund.state,
          asked: refund.checks > 0,
          parts: refund.parts.map(({ id, tenderId, state, lines }) => ({
            id,
            tenderId,
            state,
            lines: new Map(lines.map(({ orderLineId, amountMinor }) => [orderLineId, amountMinor])),
          })),
        })),
      },
    ]),
  );
}

async function gatewayOf(db: Database, tenderIds: string[]): Promise<Pick<Snapshot, 'trades' | 'owed'>> {
  const rows = await db.sandboxTrade.findMany({
    where: { outTradeNo: { in: tenderIds } },
    include: { refunds: true, notifications: { where: { state: 'waiting', attempts: 0 } } },
  });
  return {
    trades: new Map(
      rows.map(({ outTradeNo, state, amountMinor, expiresAt, refunds }) => [
        outTradeNo,
        {
          state,
          amountMinor,
          expiresMs: expiresAt?.getTime() ?? null,
          refunds: new Map(refunds.map((refund) => [refund.outRequestNo, refund.amountMinor])),
        },
      ]),
    ),
    owed: rows.flatMap(({ outTradeNo, notifications }) =>
      notifications.map(({ dueAt }) => ({ tenderId: outTradeNo, dueMs: dueAt.getTime() })),
    ),
  };
}

async function sharedOf({ db, before }: Frame): Promise<Pick<Snapshot, 'merchants' | 'house'>> {
  const receivable = houseAccount('gatewayReceivable', 'CNY', 'alipay').id;
  const suspense = houseAccount('suspense', 'CNY').id;
  const balances = await balancesOf(db, ['merchant:self', 'merchant:pop', receivable, suspense]);
  const balance = (id: string) => must(balances.get(id), `account ${id}`);
  const merchant = (name: Merchant): MerchantSnapshot => {
    const { creditsPosted, debitsPosted, creditsPending, debitsPending } = balance(`merchant:${name}`);
    const was = before.merchants[name];
    return {
      postedMinor: creditsPosted - debitsPosted - was.postedMinor,
      creditsPending: creditsPending - was.creditsPending,
      debitsPending: debitsPending - was.debitsPending,
    };
  };
  const owing = balance(receivable);
  const parked = balance(suspense);
  return {
    merchants: { self: merchant('self'), pop: merchant('pop') },
    house: {
      receivableMinor: owing.debitsPosted - owing.creditsPosted - before.house.receivableMinor,
      suspenseMinor: parked.creditsPosted - parked.debitsPosted - before.house.suspenseMinor,
    },
  };
}

function merchantOf(id: string): Merchant {
  if (id !== 'self' && id !== 'pop') throw new Error(`merchant ${id}`);
  return id;
}
