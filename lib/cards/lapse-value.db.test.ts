import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { interrupted } from '@/lib/database/testing/interrupted';
import { DAY_MS, newId, plusMs } from '@/lib/kernel';
import { audit, balancesOf, houseAccount } from '@/lib/ledger';
import { attachCard } from './attach-card';
import { expireCards } from './expire-cards';
import type { CardContext } from './issue-cards';
import { lapseValue } from './lapse-value';
import { requestExtension } from './requests/request-extension';
import { findCard } from './store';
import { addShopper, cardContext, issueTestCards } from './testing';
import { cardOf, walletOf } from './views';

let test: TestDatabase;
let context: CardContext;

beforeAll(async () => {
  test = await openTestDatabase();
  context = await cardContext(test.db);
});
afterAll(async () => {
  const { differences } = await audit(test.db);
  await test.close();
  expect(differences).toEqual([]);
});

/** A card of the programme in somebody's hands, ended and dormant, and days after its end. */
async function dormantCard(programmeId: string) {
  const userId = await addShopper(test.db);
  const [issued] = await issueTestCards(context, { count: 1, programmeId, faceMinor: 8_000n });
  const card = issued && (await findCard(test.db, issued.id));
  if (!card) throw new Error('one card');
  await attachCard(context, { card, userId });
  const ends = plusMs(context.now, DAY_MS);
  await test.db.card.update({ where: { id: card.id }, data: { expiresAt: ends } });
  await expireCards({ ...context, now: ends });
  const after = (days: number) => ({ ...context, now: plusMs(ends, days * DAY_MS) });
  return { id: card.id, userId, after };
}

it('what was given away ends when the programme has kept it long enough, once', async () => {
  const { id, userId, after } = await dormantCard('zengka');
  expect(await lapseValue({ ...after(30), now: plusMs(after(30).now, -1) })).toEqual({ lapsed: 0 });
  expect(await cardOf(after(29), userId, id)).toMatchObject({ dormantMinor: 8_000n, balanceMinor: 0n });
  const runs = await Promise.all([lapseValue(after(30)), lapseValue(after(30)), lapseValue(after(30))]);
  expect(runs.reduce((sum, { lapsed }) => sum + lapsed, 0)).toBe(1);
  expect(await lapseValue(after(60))).toEqual({ lapsed: 0 });
  expect(await cardOf(after(60), userId, id)).toMatchObject({ dormantMinor: 0n });
  const promotion = (await balancesOf(test.db, [houseAccount('promotion', 'CNY').id])).values().next().value;
  expect(promotion).toMatchObject({ debitsPosted: 8_000n, creditsPosted: 8_000n });
  const events = await test.db.cardEvent.findMany({ where: { cardId: id }, orderBy: { at: 'asc' } });
  expect(events.map(({ kind }) => kind)).toEqual(['issued', 'bound', 'expired', 'lapsed']);
});

it('its holder is told how much ended, once; nobody is told of a card that nobody had', async () => {
  const { id, userId, after } = await dormantCard('zengka');
  const [spare] = await issueTestCards(context, { count: 1, programmeId: 'zengka', faceMinor: 5_000n });
  const expiresAt = plusMs(context.now, DAY_MS);
  await test.db.card.update({ where: { id: spare?.id ?? '' }, data: { expiresAt } });
  await expireCards(after(1));
  expect(await lapseValue(after(31))).toEqual({ lapsed: 2 });
  await lapseValue(after(32));
  const where = { topic: 'card.lapsed', payload: { contains: id } };
  const told = await test.db.outboxMessage.findMany({ where });
  expect(told.map(({ payload }) => JSON.parse(payload))).toEqual([
    { cardId: id, userId, amountMinor: '8000', currency: 'CNY' },
  ]);
  const ofSpare = { topic: 'card.lapsed', payload: { contains: spare?.id ?? '' } };
  expect(await test.db.outboxMessage.count({ where: ofSpare })).toBe(0);
});

it('what was paid for is owed for ever, and shown as such', async () => {
  const { userId, after } = await dormantCard('fuyun');
  expect(await lapseValue(after(4_000))).toEqual({ lapsed: 0 });
  const wallet = await walletOf(after(4_000), userId);
  expect(wallet).toMatchObject({ usableMinor: 0n, heldMinor: 0n, dormantMinor: 8_000n });
  expect(wallet.cards[0]).toMatchObject({ status: 'expired', dormantMinor: 8_000n });
});

it('the database refuses that a card that was paid for lapses', async () => {
  const data = { lapseAfterDays: 30 };
  await expect(test.db.programme.update({ where: { id: 'fuyun' }, data })).rejects.toThrow();
});

it('nothing ends while its holder’s request is open', async () => {
  const { id, userId, after } = await dormantCard('zengka');
  const request = { id: newId('req'), cardId: id, userId, kind: 'extension', statement: '住院了' };
  const at = { createdAt: context.now, dueAt: after(90).now };
  await test.db.cardRequest.create({ data: { ...request, ...at, state: 'open' } });
  expect(await lapseValue(after(40))).toEqual({ lapsed: 0 });
  const data = { state: 'refused', decidedAt: after(41).now };
  await test.db.cardRequest.update({ where: { id: request.id }, data });
  expect(await lapseValue(after(42))).toEqual({ lapsed: 1 });
});

it('nor when that is opened after the card was looked at', async () => {
  const { id: cardId, userId, after } = await dormantCard('zengka');
  const asked = { actor: { id: userId, role: 'shopper' }, statement: '住院了', evidence: '' };
  const db = await interrupted(test, () => requestExtension(after(40), { cardId, ...asked }));
  expect(await lapseValue({ ...after(40), db })).toEqual({ lapsed: 0 });
  await db.$disconnect();
  expect(await cardOf(after(40), userId, cardId)).toMatchObject({ dormantMinor: 8_000n });
});
