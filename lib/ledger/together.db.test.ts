import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Row } from '@/lib/database';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { audit, balancesOf, commit, post, type Transfer, usableOf } from './index';
import type { AccountRef } from './model';
import { ledgerWith, testNow } from './testing';

let test: TestDatabase;
let merchant: AccountRef;
let cards: AccountRef[];

const CARDS = 30;

beforeEach(async () => {
  test = await openTestDatabase();
  ({ merchant, cards } = await ledgerWith(
    test.db,
    Array.from({ length: CARDS }, () => 1_000n),
  ));
});
afterEach(async () => {
  const { differences } = await audit(test.db);
  await test.close();
  expect(differences).toEqual([]);
});

const cardAt = (index: number): AccountRef => {
  const card = cards[index];
  if (!card) throw new Error(`card ${index} was made`);
  return card;
};

const hold = (id: string, amountMinor: bigint, from: AccountRef): Transfer => ({
  type: 'hold',
  id,
  movement: 'spend',
  debit: from,
  credit: merchant,
  amountMinor,
  reference: 'pay_1',
  timeoutAt: testNow,
});

const key = (name: string, fingerprint = 'f') => ({
  scope: 's',
  key: name,
  fingerprint,
  response: `answer to ${name}`,
  createdAt: testNow.toISOString(),
});

function message(id: string): Row {
  const at = testNow.toISOString();
  const open = { leasedBy: null, leasedUntil: null, deliveredAt: null, parkedAt: null, lastError: null };
  return { id, topic: 'test', payload: '{}', createdAt: at, availableAt: at, attempts: 0, ...open };
}

async function usable(account: AccountRef): Promise<bigint> {
  const balance = (await balancesOf(test.db, [account.id])).get(account.id);
  return balance ? usableOf(balance) : -1n;
}

/** How often each answer was given. */
function tally(results: readonly Awaited<ReturnType<typeof commit>>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const result of results) {
    const name = result.ok ? (result.value.replayed ? 'replayed' : 'committed') : result.refusal.code;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('units that arrive together', () => {
  it('a unit that is refused, or meets a unique index, does not harm its neighbours', async () => {
    await commit(
      test.db,
      { inserts: [{ table: 'OutboxMessage', rows: [message('m')] }], transfers: [] },
      testNow,
    );
    const odd = [
      commit(test.db, { transfers: [hold('too-much', 1_001n, cardAt(0))] }, testNow),
      commit(test.db, { transfers: [hold('nobody', 1n, { id: 'nobody', kind: 'card' })] }, testNow),
      commit(
        test.db,
        {
          inserts: [{ table: 'OutboxMessage', rows: [message('m')] }],
          transfers: [hold('twice', 1n, cardAt(1))],
        },
        testNow,
      ),
      commit(
        test.db,
        {
          updates: [
            { table: 'Order', key: { id: 'none' }, expect: { state: 'open' }, set: { state: 'paying' } },
          ],
          transfers: [hold('no-order', 1n, cardAt(2))],
        },
        testNow,
      ),
    ];
    const good = cards.map((card, index) =>
      commit(
        test.db,
        {
          idempotency: key(`good-${index}`),
          inserts: [{ table: 'OutboxMessage', rows: [message(`m-${index}`)] }],
          transfers: [hold(`good-${index}`, 400n, card)],
        },
        testNow,
      ),
    );
    expect(tally(await Promise.all(good))).toEqual({ committed: CARDS });
    const refusals = (await Promise.all(odd)).map((result) => (result.ok ? 'ok' : result.refusal.code));
    expect(refusals).toEqual(['insufficient_funds', 'account_not_found', 'duplicate', 'row_changed']);
    for (const card of cards) expect(await usable(card)).toBe(600n);
    expect(await test.db.outboxMessage.count()).toBe(1 + CARDS);
  });

  it('of many with one key the first is committed and the others hear its answer', async () => {
    const same = cards.map((card, index) =>
      commit(test.db, { idempotency: key('k'), transfers: [hold(`h-${index}`, 100n, card)] }, testNow),
    );
    const other = commit(
      test.db,
      { idempotency: key('k', 'another body'), transfers: [hold('x', 100n, cardAt(0))] },
      testNow,
    );
    const results = await Promise.all(same);
    expect(tally(results)).toEqual({ committed: 1, replayed: CARDS - 1 });
    expect(await other).toMatchObject({ refusal: { code: 'idempotency_key_reused' } });
    const answers = results.flatMap((result) =>
      result.ok && result.value.replayed ? [result.value.response] : [],
    );
    expect(new Set(answers)).toEqual(new Set(['answer to k']));
    expect(await test.db.transfer.count({ where: { kind: 'pending' } })).toBe(1);
  });

  it('of many that write one row, one is committed', async () => {
    await test.db.user.create({
      data: { id: 'usr_1', name: 'n', passwordHash: '-', role: 'shopper', locale: 'en', createdAt: testNow },
    });
    await test.db.order.create({
      data: {
        id: 'ord_1',
        number: '1',
        userId: 'usr_1',
        state: 'open',
        currency: 'CNY',
        totalMinor: 100n,
        createdAt: testNow,
        payBy: testNow,
      },
    });
    const take = cards.map((card, index) =>
      commit(
        test.db,
        {
          updates: [
            {
              table: 'Order',
              key: { id: 'ord_1' },
              expect: { state: 'open', userId: 'usr_1' },
              set: { state: 'paying' },
            },
          ],
          transfers: [hold(`h-${index}`, 100n, card)],
        },
        testNow,
      ),
    );
    expect(tally(await Promise.all(take))).toEqual({ committed: 1, row_changed: CARDS - 1 });
    expect(await test.db.transfer.count({ where: { kind: 'pending' } })).toBe(1);
  });

  it('funds go to as many as they last for, and what is linked to the others does not move', async () => {
    const pairs = Array.from({ length: CARDS - 1 }, (_, index) =>
      commit(
        test.db,
        { transfers: [hold(`a-${index}`, 300n, cardAt(0)), hold(`b-${index}`, 300n, cardAt(index + 1))] },
        testNow,
      ),
    );
    expect(tally(await Promise.all(pairs))).toEqual({ committed: 3, insufficient_funds: CARDS - 4 });
    expect(await usable(cardAt(0))).toBe(100n);
    const rest = await Promise.all(cards.slice(1).map(usable));
    expect(rest.filter((left) => left === 700n)).toHaveLength(3);
    expect(rest.filter((left) => left === 1_000n)).toHaveLength(CARDS - 4);
  });

  it('a hold that is captured, released and captured again at once ends once', async () => {
    await post(test.db, [hold('h', 500n, cardAt(0))], testNow);
    const ends = Array.from({ length: 20 }, (_, index): Transfer => {
      const base = { id: `end-${index}`, holdId: 'h', reference: 'pay_1' };
      return index % 2 ? { type: 'capture', ...base } : { type: 'release', ...base };
    });
    const results = await Promise.all(ends.map((end) => commit(test.db, { transfers: [end] }, testNow)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await usable(cardAt(0))).toBeOneOf([500n, 1_000n]);
  });

  it('what one brings to a card may or may not be there for another, and nothing is overdrawn', async () => {
    await post(test.db, [hold('all', 1_000n, cardAt(0))], testNow);
    await post(test.db, [{ type: 'capture', id: 'c', holdId: 'all', reference: 'pay_1' }], testNow);
    const back: Transfer = {
      type: 'post',
      id: 'back',
      movement: 'refundCard',
      debit: merchant,
      credit: cardAt(0),
      amountMinor: 250n,
      reference: 'pay_1',
    };
    const results = await Promise.all([
      commit(test.db, { transfers: [back] }, testNow),
      ...Array.from({ length: 5 }, (_, index) =>
        commit(test.db, { transfers: [hold(`h-${index}`, 100n, cardAt(0))] }, testNow),
      ),
    ]);
    expect(results[0]?.ok).toBe(true);
    const held = BigInt(results.slice(1).filter(({ ok }) => ok).length) * 100n;
    expect(held).toBeLessThanOrEqual(200n);
    expect(await usable(cardAt(0))).toBe(250n - held);
  });
});
