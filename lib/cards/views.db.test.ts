import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { DAY_MS, type Id, newId, plusMs } from '@/lib/kernel';
import { openAccounts, post, type Transfer } from '@/lib/ledger';
import { bindCard } from './bind-card';
import type { CardContext } from './issue-cards';
import { spendableCards } from './spendable-cards';
import { cardStatementOf, STATEMENT_PAGE_SIZE } from './statement';
import { addShopper, cardContext, issueTestCards, type TestCard } from './testing';
import { cardOf, walletOf } from './views';

let fixture: TestDatabase;
let context: CardContext;
const merchant = { id: 'acc_merchant', kind: 'merchantPayable' } as const;

beforeAll(async () => {
  fixture = await openTestDatabase();
  context = await cardContext(fixture.db);
  await openAccounts(fixture.db, [{ ...merchant, currency: 'CNY', now: context.now }]);
});
afterAll(() => fixture.close());

async function shopperWith(count: number): Promise<{ userId: Id<'usr'>; cards: TestCard[] }> {
  const userId = await addShopper(fixture.db);
  const cards = await issueTestCards(context, { count });
  for (const card of cards) await bindCard(context, { ...card, userId, network: userId, device: null });
  return { userId, cards };
}

function spend(card: TestCard, amountMinor: bigint, change: { hold?: boolean; reference?: string } = {}) {
  const common = {
    id: newId('trf'),
    movement: 'spend' as const,
    debit: { id: card.accountId, kind: 'card' as const },
    credit: merchant,
    amountMinor,
    reference: change.reference ?? newId('pay'),
  };
  const transfer: Transfer = change.hold
    ? { type: 'hold', timeoutAt: plusMs(context.now, DAY_MS), ...common }
    : { type: 'post', ...common };
  return post(fixture.db, [transfer], context.now);
}

describe('a wallet', () => {
  test('totals what can be spent and what is held, and shows what is on the other cards beside it', async () => {
    const { userId, cards } = await shopperWith(5);
    const [spent, held, frozen, ended, soon] = cards;
    if (!spent || !held || !frozen || !ended || !soon) throw new Error('five cards');
    await spend(spent, 10_000n);
    await spend(held, 2_500n, { hold: true });
    await fixture.db.card.update({ where: { id: frozen.id }, data: { state: 'frozen' } });
    await fixture.db.card.update({ where: { id: ended.id }, data: { expiresAt: context.now } });
    const lastDay = plusMs(context.now, 6 * DAY_MS + 1);
    await fixture.db.card.update({ where: { id: soon.id }, data: { expiresAt: lastDay } });

    const wallet = await walletOf(context, userId);
    expect(wallet).toMatchObject({ usableMinor: 17_500n, heldMinor: 2_500n });
    const line = ({
      id,
      status,
      usableMinor,
      heldMinor,
      balanceMinor,
      daysLeft,
    }: (typeof wallet.cards)[number]) => [id, status, usableMinor, heldMinor, balanceMinor, daysLeft];
    expect(wallet.cards.slice(0, 2).map(line)).toEqual([
      [soon.id, 'expiring_soon', 10_000n, 0n, 10_000n, 6],
      [held.id, 'usable', 7_500n, 2_500n, 10_000n, 1096],
    ]);
    expect(new Map(wallet.cards.slice(2).map((card) => [card.id, line(card).slice(1, 5)]))).toEqual(
      new Map([
        [spent.id, ['used_up', 0n, 0n, 0n]],
        [frozen.id, ['frozen', 0n, 0n, 10_000n]],
        [ended.id, ['expired', 0n, 0n, 10_000n]],
      ]),
    );
  });

  test('is empty for somebody without cards', async () => {
    const userId = await addShopper(fixture.db);
    expect(await walletOf(context, userId)).toEqual({
      cards: [],
      usableMinor: 0n,
      heldMinor: 0n,
      dormantMinor: 0n,
    });
  });
});

describe('a card', () => {
  test('is shown to its holder alone', async () => {
    const mine = await shopperWith(1);
    const other = await addShopper(fixture.db);
    const [card] = mine.cards;
    if (!card) throw new Error('one card');
    expect(await cardOf(context, mine.userId, card.id)).toMatchObject({
      id: card.id,
      lastFour: card.number.slice(-4),
      programme: { id: 'fuyun', nameZh: '福运', kind: 'anonymous', medium: 'electronic' },
      spending: { included: ['goods', 'fresh', 'self', 'pop'], excluded: ['virtual', 'gold'] },
    });
    for (const [userId, cardId] of [
      [other, card.id],
      [mine.userId, newId('crd')],
      [mine.userId, 'nonsense'],
    ] as const) {
      expect(await cardOf(context, userId, cardId)).toBeNull();
      expect(await cardStatementOf(context, userId, { cardId })).toBeNull();
    }
  });

  test('shows nothing secret', async () => {
    const { userId, cards } = await shopperWith(1);
    const [card] = cards;
    if (!card) throw new Error('one card');
    const seen = [
      await walletOf(context, userId),
      await cardStatementOf(context, userId, { cardId: card.id }),
      (await spendableCards(context, userId))('CNY'),
    ];
    const text = JSON.stringify(seen, (_, value) => (typeof value === 'bigint' ? String(value) : value));
    expect(text).not.toContain(card.number);
    expect(text).not.toContain(card.password);
  });
});

describe('a statement', () => {
  test('has every movement once over all pages, newest first, with running balance and order', async () => {
    const { userId, cards } = await shopperWith(1);
    const [card] = cards;
    if (!card) throw new Error('one card');
    const { paymentId, order } = await addPaidOrder(userId);
    const count = STATEMENT_PAGE_SIZE * 2 + 3;
    for (let round = 1; round < count; round += 1) await spend(card, 7n, { reference: paymentId });

    const first = await cardStatementOf(context, userId, { cardId: card.id });
    expect(first?.lines).toHaveLength(STATEMENT_PAGE_SIZE);
    expect(first?.lines[0]).toMatchObject({ what: 'spend', amountMinor: -7n, order });
    const lines = [...(first?.lines ?? [])];
    for (let before = first?.nextBefore; before; ) {
      const page = await cardStatementOf(context, userId, { cardId: card.id, before });
      lines.push(...(page?.lines ?? []));
      before = page?.nextBefore;
    }
    expect(lines.map(({ number }) => Number(number))).toEqual(
      Array.from({ length: count }, (_, i) => count - i),
    );
    expect(lines.at(-1)).toMatchObject({
      what: 'issue',
      amountMinor: 10_000n,
      balanceAfterMinor: 10_000n,
      order: null,
    });
    for (const [index, line] of lines.slice(0, -1).entries()) {
      expect(line.balanceAfterMinor - line.amountMinor).toBe(lines[index + 1]?.balanceAfterMinor);
    }
    const nonsense = await cardStatementOf(context, userId, { cardId: card.id, before: "1' OR" });
    expect(nonsense?.lines[0]).toEqual(first?.lines[0]);
  });
});

test('checkout is told of every card what it could pay now, or why it cannot', async () => {
  const { userId, cards } = await shopperWith(2);
  const [good, frozen] = cards;
  if (!good || !frozen) throw new Error('two cards');
  await spend(good, 1_000n, { hold: true });
  await fixture.db.card.update({ where: { id: frozen.id }, data: { state: 'frozen' } });
  const told = (await spendableCards(context, userId))('CNY');
  expect(new Map(told.map(({ id, availableMinor, obstacle }) => [id, [availableMinor, obstacle]]))).toEqual(
    new Map([
      [good.id, [9_000n, null]],
      [frozen.id, [10_000n, 'frozen']],
    ]),
  );
  const abroad = (await spendableCards(context, userId))('USD');
  expect(abroad.map(({ obstacle }) => obstacle)).toEqual(['other_currency', 'other_currency']);
});

async function addPaidOrder(userId: Id<'usr'>) {
  const [orderId, paymentId] = [newId('ord'), newId('pay')];
  const order = { id: orderId, number: '202611230001' };
  const amounts = { totalMinor: 7n, currency: 'CNY', createdAt: context.now };
  await fixture.db.order.create({
    data: { ...order, userId, state: 'paid', payBy: context.now, ...amounts },
  });
  await fixture.db.payment.create({
    data: {
      id: paymentId,
      orderId,
      userId,
      state: 'PAID',
      currency: 'CNY',
      amountMinor: 7n,
      cardMinor: 7n,
      externalMinor: 0n,
      createdAt: context.now,
    },
  });
  return { paymentId, order };
}
