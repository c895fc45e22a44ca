import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { handleSalesMessage } from './handle-message';
import { hangingWithdrawals, retryWithdrawal } from './hanging-withdrawals';
import { issuePurchase } from './issue-purchase';
import { openSalesWorld, type SalesWorld } from './testing';
import { withdrawPurchase } from './withdraw-purchase';

let world: SalesWorld;
const actor = { id: 'usr_support', role: 'support' };

beforeEach(async () => {
  world = await openSalesWorld();
});
afterEach(async () => {
  expect(await world.close()).toEqual([]);
});

async function deliver() {
  const rows = await world.shop.test.db.outboxMessage.findMany({ orderBy: { id: 'asc' } });
  for (const row of rows) {
    const message = { ...row, payload: JSON.parse(row.payload) };
    await handleSalesMessage({ sales: world.context(), checkout: world.shop.context() }, message);
  }
}

const gatewayTakesRefunds = (takes: boolean) =>
  world.shop.test.db.sandboxTrade.updateMany({ data: { state: takes ? 'TRADE_SUCCESS' : 'TRADE_CLOSED' } });

/** Undoes what the migration does, as if the purchases had been handed back before it, and then migrates. */
async function migrateAgain() {
  const { db, engine } = world.shop.test;
  for (const { id, purchaseId } of await db.withdrawal.findMany()) {
    for (const { scope, key } of await db.idempotencyKey.findMany({ where: { key: { contains: id } } }))
      await db.idempotencyKey.update({
        where: { scope_key: { scope, key } },
        data: { key: key.replace(id, purchaseId) },
      });
  }
  await db.withdrawal.deleteMany();
  await db.cardPurchase.updateMany({ data: { withdrawnCards: 0 } });
  const sql = readFileSync(`prisma/${engine}/migrations/20261130100000_withdrawals/migration.sql`, 'utf8');
  const [, data = ''] = sql.split('-- What was handed back so far was handed back whole.');
  for (const statement of data.split(';').filter((each) => each.trim() !== ''))
    await db.$executeRawUnsafe(statement);
}

it('what was handed back whole before is carried over, and money that is asked for is not asked for twice', async () => {
  const { db } = world.shop.test;
  const kept = await world.buy();
  const buy = async (refusals: number) => {
    const { purchaseId, orderId } = await world.buy({ faceMinor: 12_347n, quantity: 50 });
    await issuePurchase(world.context(), orderId);
    await gatewayTakesRefunds(false);
    await withdrawPurchase(world.context(), { purchaseId, userId: world.userId });
    for (let times = 0; times < refusals; times += 1) {
      await deliver();
      const [row] = await hangingWithdrawals(db);
      if (times > 0 && row) await retryWithdrawal(world.shop.context(), { withdrawalId: row.id, actor });
    }
    return { purchaseId, orderId };
  };
  const waiting = await buy(0);
  await migrateAgain();
  expect(await hangingWithdrawals(db)).toMatchObject([
    { purchaseId: waiting.purchaseId, cards: 50, totalMinor: 605_000n, refund: 'waiting' },
  ]);
  await gatewayTakesRefunds(true);
  await deliver();
  await migrateAgain();
  expect(await db.withdrawal.findMany()).toMatchObject([{ state: 'returned', amountMinor: 605_000n }]);
  const refused = await buy(3);
  await migrateAgain();
  const [row] = await hangingWithdrawals(db);
  expect(row).toMatchObject({ purchaseId: refused.purchaseId, refund: 'refused', refusals: 2 });
  await gatewayTakesRefunds(true);
  expect(await retryWithdrawal(world.shop.context(), { withdrawalId: row?.id ?? '', actor })).toEqual({
    ok: true,
    value: 'back',
  });
  await deliver();
  await deliver();
  const back = await db.refund.findMany({ where: { state: 'SUCCEEDED' } });
  expect(back.map(({ amountMinor }) => amountMinor)).toEqual([605_000n, 605_000n]);
  expect(await db.cardPurchase.findUnique({ where: { id: kept.purchaseId } })).toMatchObject({
    withdrawnCards: 0,
  });
  expect(
    await db.idempotencyKey.findMany({
      where: { key: { startsWith: 'withdrawal:' } },
      orderBy: { key: 'asc' },
    }),
  ).toMatchObject(
    [
      waiting.purchaseId,
      refused.purchaseId,
      `${refused.purchaseId}:1`,
      `${refused.purchaseId}:2`,
      `${refused.purchaseId}:3`,
    ].map((key) => ({ key: `withdrawal:${key}` })),
  );
});
