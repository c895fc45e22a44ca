import { afterEach, beforeEach, expect, it } from 'vitest';
import { expireCards, lapseValue, reopenRefunded } from '@/lib/cards';
import { addShopper, cardContext, issueTestCards } from '@/lib/cards/testing';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { spoilRow } from '@/lib/database/testing/bad-row';
import { openMortalProcess } from '@/lib/database/testing/mortal-process';
import { returnUnclaimedGifts } from '@/lib/gifts';
import { giftContext, later, sendGifts } from '@/lib/gifts/testing';
import { DAY_MS, MINUTE_MS, plusMs, RowsFailed } from '@/lib/kernel';
import { remindOfExpiry } from '@/lib/notify';
import { abandonPurchases, placePurchase } from '@/lib/sales';
import { openSalesWorld } from '@/lib/sales/testing';

let test: TestDatabase;

beforeEach(async () => {
  test = await openTestDatabase();
});
afterEach(async () => {
  await test.close();
});

/** The rows that a walk failed on. */
async function failedRows(walk: Promise<unknown>): Promise<readonly string[]> {
  const error = await walk.then(
    () => new Error('the walk should have failed'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RowsFailed)) throw error;
  return error.failures.map(({ row }) => row);
}

/** Three cards of somebody's that end in a day, in the order in which walks meet them. */
async function endingCards(programmeId: string) {
  const context = await cardContext(test.db);
  const holderId = await addShopper(test.db);
  const issued = await issueTestCards(context, { count: 3, programmeId, faceMinor: 8_000n });
  const expiresAt = plusMs(context.now, DAY_MS);
  const data = { holderId, boundAt: context.now, state: 'active', expiresAt };
  await test.db.card.updateMany({ data });
  const [bad = '', next = '', last = ''] = issued.map(({ id }) => id).sort();
  const after = (days: number) => ({ ...context, now: plusMs(expiresAt, days * DAY_MS) });
  return { bad, next, last, after };
}

const cards = async () =>
  new Map(
    (await test.db.card.findMany()).map(({ id, state, dormantMinor }) => [id, { state, dormantMinor }]),
  );

it('a card that cannot expire holds up neither others nor what comes back', async () => {
  const { bad, next, last, after } = await endingCards('fuyun');
  await test.db.card.updateMany({ where: { id: { not: last } }, data: { expiresAt: after(5).now } });
  expect(await expireCards(after(1))).toEqual({ moved: 1 });
  await test.db.card.update({ where: { id: last }, data: { expiresAt: after(90).now } });
  const mend = await spoilRow(test, { table: 'CardEvent', column: 'cardId', value: bad });
  expect(await failedRows(expireCards(after(6)))).toEqual([bad]);
  const found = await cards();
  expect([bad, next, last].map((id) => found.get(id)?.dormantMinor)).toEqual([0n, 8_000n, 0n]);
  await mend();
  expect(await expireCards(after(6))).toEqual({ moved: 1 });
});

it('an account of the issuer that could not be opened for one card is opened for the next', async () => {
  const { after } = await endingCards('fuyun');
  const mortal = await openMortalProcess(test);
  mortal.fail({ how: 'answer lost', n: 1 });
  expect(await failedRows(expireCards({ ...after(1), db: mortal.db }))).toHaveLength(1);
  expect(mortal.hasFailed()).toBe(true);
  await mortal.close();
  const dormant = [...(await cards()).values()].map(({ dormantMinor }) => dormantMinor);
  expect(dormant.toSorted()).toEqual([0n, 8_000n, 8_000n]);
  expect(await expireCards(after(1))).toEqual({ moved: 1 });
});

it('a card whose value cannot lapse holds up no other', async () => {
  const { bad, next, last, after } = await endingCards('zengka');
  await expireCards(after(0));
  await spoilRow(test, { table: 'CardEvent', column: 'cardId', value: bad });
  expect(await failedRows(lapseValue(after(31)))).toEqual([bad]);
  const found = await cards();
  expect([bad, next, last].map((id) => found.get(id)?.dormantMinor)).toEqual([8_000n, 0n, 0n]);
});

it('a closed card that cannot be opened again holds up no other', async () => {
  const { bad, next, last, after } = await endingCards('fuyun');
  await test.db.card.updateMany({ data: { state: 'closed' } });
  await spoilRow(test, { table: 'CardEvent', column: 'cardId', value: bad });
  expect(await failedRows(reopenRefunded(after(-1)))).toEqual([bad]);
  const found = await cards();
  expect([bad, next, last].map((id) => found.get(id)?.state)).toEqual(['closed', 'active', 'active']);
});

it('a card of whose end nobody can be told holds up no other', async () => {
  const { bad, next, last, after } = await endingCards('fuyun');
  await spoilRow(test, { table: 'CardReminder', column: 'cardId', value: bad });
  expect(await failedRows(remindOfExpiry(after(-0.5)))).toEqual([bad]);
  const told = await test.db.cardReminder.findMany({ orderBy: { cardId: 'asc' } });
  expect(told.map(({ cardId }) => cardId)).toEqual([next, last]);
});

it('a gift that cannot go back holds up neither others nor the notices', async () => {
  const context = await giftContext(test.db);
  const ended = await sendGifts(context, { count: 3 });
  const ending = await sendGifts(later(context, 3 * DAY_MS), { count: 1 });
  const [bad = '', ...others] = ended.map(({ id }) => id).sort();
  await spoilRow(test, { table: 'Gift', column: 'id', value: bad });
  const [{ claimBy }] = [await test.db.gift.findUniqueOrThrow({ where: { id: bad } })];
  expect(await failedRows(returnUnclaimedGifts({ ...context, now: claimBy }))).toEqual([bad]);
  const stateOf = async (id: string) => (await test.db.gift.findUniqueOrThrow({ where: { id } })).state;
  expect(await Promise.all([bad, ...others].map(stateOf))).toEqual(['sent', 'returned', 'returned']);
  const noticed = await test.db.gift.findUniqueOrThrow({ where: { id: ending[0]?.id ?? '' } });
  expect(noticed.noticedAt).toEqual(claimBy);
});

it('a purchase that cannot be abandoned holds up no other', async () => {
  const world = await openSalesWorld({ test, keys: (await cardContext(test.db)).keys });
  for (let n = 0; n < 3; n += 1) await placePurchase(world.context(), await world.input());
  const placed = await test.db.cardPurchase.findMany({ orderBy: { id: 'asc' } });
  world.shop.advance(31 * MINUTE_MS);
  await spoilRow(test, { table: 'CardPurchase', column: 'id', value: placed[0]?.id ?? '' });
  expect(await failedRows(abandonPurchases(world.context()))).toEqual([placed[0]?.id]);
  const left = await test.db.cardPurchase.findMany({ orderBy: { id: 'asc' } });
  expect(left.map(({ state }) => state)).toEqual(['open', 'abandoned', 'abandoned']);
  await world.shop.sandbox.close();
});
