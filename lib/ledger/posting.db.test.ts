import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { transaction } from '@/lib/database';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { audit, balancesOf, commit, post, statementOf, type Transfer, usableOf } from './index';
import type { AccountRef } from './model';
import { cash, ledgerWith, testNow } from './testing';

let test: TestDatabase;
let merchant: AccountRef;
let card: AccountRef;
let other: AccountRef;

beforeEach(async () => {
  test = await openTestDatabase();
  const made = await ledgerWith(test.db, [10_000n, 5_000n]);
  merchant = made.merchant;
  [card, other] = made.cards as [AccountRef, AccountRef];
});

afterEach(async () => {
  const report = await audit(test.db);
  await test.close();
  expect(report.differences).toEqual([]);
});

const hold = (id: string, amountMinor: bigint, from = card): Transfer => ({
  type: 'hold',
  id,
  movement: 'spend',
  debit: from,
  credit: merchant,
  amountMinor,
  reference: 'pay_1',
  timeoutAt: new Date('2026-11-23T03:00:00.000Z'),
});

async function usable(account: AccountRef): Promise<bigint> {
  const balance = (await balancesOf(test.db, [account.id])).get(account.id);
  return balance ? usableOf(balance) : -1n;
}

describe('holds', () => {
  it('a hold keeps its amount from being spent, and a capture of part gives the rest back', async () => {
    expect(await post(test.db, [hold('h1', 8_000n)], testNow)).toMatchObject({ ok: true });
    expect(await usable(card)).toBe(2_000n);
    const capture: Transfer = {
      type: 'capture',
      id: 'c1',
      holdId: 'h1',
      amountMinor: 3_000n,
      reference: 'pay_1',
    };
    expect(await post(test.db, [capture], testNow)).toMatchObject({ ok: true });
    expect(await usable(card)).toBe(7_000n);
    const balances = await balancesOf(test.db, [merchant.id]);
    expect(balances.get(merchant.id)).toMatchObject({ creditsPending: 0n, creditsPosted: 3_000n });
  });

  it('a release gives everything back and leaves no line on the statement', async () => {
    await post(test.db, [hold('h1', 8_000n)], testNow);
    expect(
      await post(test.db, [{ type: 'release', id: 'v1', holdId: 'h1', reference: 'pay_1' }], testNow),
    ).toMatchObject({ ok: true });
    expect(await usable(card)).toBe(10_000n);
    expect((await statementOf(test.db, card.id, { size: 10 })).entries).toHaveLength(1);
  });

  it('a hold ends once', async () => {
    await post(test.db, [hold('h1', 8_000n)], testNow);
    const release: Transfer = { type: 'release', id: 'v1', holdId: 'h1', reference: 'pay_1' };
    const capture: Transfer = { type: 'capture', id: 'c1', holdId: 'h1', reference: 'pay_1' };
    await post(test.db, [capture], testNow);
    expect(await post(test.db, [release], testNow)).toMatchObject({
      ok: false,
      refusal: { code: 'hold_already_captured' },
    });
    await post(test.db, [hold('h2', 100n)], testNow);
    await post(test.db, [{ ...release, id: 'v2', holdId: 'h2' }], testNow);
    const late = await post(test.db, [{ ...capture, id: 'c2', holdId: 'h2' }], testNow);
    expect(late).toMatchObject({ ok: false, refusal: { code: 'hold_already_voided' } });
  });

  it('no more is captured than was held, and only holds are captured', async () => {
    await post(test.db, [hold('h1', 100n)], testNow);
    const capture: Transfer = { type: 'capture', id: 'c1', holdId: 'h1', amountMinor: 101n, reference: 'p' };
    expect(await post(test.db, [capture], testNow)).toMatchObject({ refusal: { code: 'exceeds_hold' } });
    expect(await post(test.db, [{ ...capture, holdId: 'none' }], testNow)).toMatchObject({
      refusal: { code: 'hold_not_found' },
    });
    const posted = { ...capture, holdId: 'issue-0', amountMinor: 1n };
    expect(await post(test.db, [posted], testNow)).toMatchObject({ refusal: { code: 'not_a_hold' } });
  });
});

describe('posting', () => {
  it('an amount above the usable balance is refused, to the fen', async () => {
    expect(await post(test.db, [hold('h1', 10_001n)], testNow)).toEqual({
      ok: false,
      refusal: { code: 'insufficient_funds', accountId: card.id, transferId: 'h1' },
    });
    expect(await post(test.db, [hold('h2', 10_000n)], testNow)).toMatchObject({ ok: true });
  });

  it('linked transfers succeed or fail together', async () => {
    const result = await post(test.db, [hold('h1', 4_000n), hold('h2', 6_001n)], testNow);
    expect(result).toMatchObject({ ok: false, refusal: { code: 'insufficient_funds' } });
    expect(await usable(card)).toBe(10_000n);
    expect(await post(test.db, [hold('h1', 4_000n), hold('h2', 6_000n)], testNow)).toMatchObject({
      ok: true,
    });
  });

  it('linked transfers are judged by what they leave behind together, in whatever order they are listed', async () => {
    await post(test.db, [hold('h1', 10_000n)], testNow);
    const release: Transfer = { type: 'release', id: 'v1', holdId: 'h1', reference: 'pay_1' };
    const result = await post(test.db, [hold('h2', 9_000n), hold('h3', 1_000n), release], testNow);
    expect(result).toMatchObject({ ok: true });
    expect(await usable(card)).toBe(0n);
  });

  it('a list that ends one hold twice is refused', async () => {
    await post(test.db, [hold('h1', 100n)], testNow);
    const release: Transfer = { type: 'release', id: 'v1', holdId: 'h1', reference: 'pay_1' };
    const capture: Transfer = { type: 'capture', id: 'c1', holdId: 'h1', reference: 'pay_1' };
    expect(await post(test.db, [capture, release], testNow)).toEqual({
      ok: false,
      refusal: { code: 'hold_twice_in_one_list', transferId: 'v1' },
    });
    expect(await usable(card)).toBe(9_900n);
  });

  it('what comes in may go out in the same list', async () => {
    const spend = (amountMinor: bigint): Transfer => ({
      type: 'post',
      id: 'out',
      movement: 'spend',
      debit: card,
      credit: merchant,
      amountMinor,
      reference: 'pay_1',
    });
    const back: Transfer = {
      type: 'post',
      id: 'in',
      movement: 'refundCard',
      debit: merchant,
      credit: card,
      amountMinor: 2_000n,
      reference: 'pay_1',
    };
    expect(await post(test.db, [spend(12_001n), back], testNow)).toMatchObject({
      refusal: { code: 'insufficient_funds' },
    });
    expect(await post(test.db, [spend(12_000n), back], testNow)).toEqual({ ok: true, value: undefined });
    expect(await usable(card)).toBe(0n);
    const { entries } = await statementOf(test.db, card.id, { size: 2 });
    expect(entries.map(({ amountMinor, balanceAfterMinor }) => [amountMinor, balanceAfterMinor])).toEqual([
      [-12_000n, 0n],
      [2_000n, 12_000n],
    ]);
  });

  it('the same id is one transfer, and with other fields it is refused', async () => {
    await post(test.db, [hold('h1', 4_000n)], testNow);
    expect(await post(test.db, [hold('h1', 4_000n)], testNow)).toMatchObject({ ok: true });
    expect(await usable(card)).toBe(6_000n);
    const other = await post(test.db, [hold('h1', 4_001n)], testNow);
    expect(other).toMatchObject({ ok: false, refusal: { code: 'exists_with_different_fields' } });
  });

  it('a movement that the chart does not have is refused before the database is asked', async () => {
    const back: Transfer = {
      type: 'post',
      id: 't',
      movement: 'spend',
      debit: merchant,
      credit: card,
      amountMinor: 1n,
      reference: 'x',
    };
    expect(await post(test.db, [back], testNow)).toMatchObject({ refusal: { code: 'movement_not_allowed' } });
    const toSelf = { ...back, debit: card };
    expect(await post(test.db, [toSelf], testNow)).toMatchObject({ refusal: { code: 'accounts_are_equal' } });
    const nothing = { ...hold('z', 0n) };
    expect(await post(test.db, [nothing], testNow)).toMatchObject({
      refusal: { code: 'amount_not_positive' },
    });
    expect(await post(test.db, [hold('z', 1n), hold('z', 1n)], testNow)).toMatchObject({
      refusal: { code: 'id_twice_in_one_list' },
    });
  });

  it('an account that does not exist is refused', async () => {
    const nowhere = hold('h1', 1n, { id: 'nobody', kind: 'card' });
    expect(await post(test.db, [nowhere], testNow)).toMatchObject({ refusal: { code: 'account_not_found' } });
  });

  it('a guarded row that changed refuses the whole unit', async () => {
    const updates = [
      { table: 'Account' as const, key: { id: card.id }, expect: { currency: 'USD' }, set: {} },
    ];
    expect(await commit(test.db, { updates, transfers: [hold('h1', 1n)] }, testNow)).toEqual({
      ok: false,
      refusal: { code: 'row_changed', update: 0 },
    });
    expect(await usable(card)).toBe(10_000n);
  });

  it('an idempotency key answers its first response again, and refuses another request', async () => {
    const idempotency = {
      scope: 's',
      key: 'k',
      fingerprint: 'f',
      response: '{"a":1}',
      createdAt: testNow.toISOString(),
    };
    const unit = { idempotency, transfers: [hold('h1', 1n)] };
    expect(await commit(test.db, unit, testNow)).toEqual({ ok: true, value: { replayed: false } });
    const again = { idempotency, transfers: [hold('h2', 1n)] };
    expect(await commit(test.db, again, testNow)).toEqual({
      ok: true,
      value: { replayed: true, response: '{"a":1}' },
    });
    const reused = { idempotency: { ...idempotency, fingerprint: 'g' }, transfers: [hold('h3', 1n)] };
    expect(await commit(test.db, reused, testNow)).toEqual({
      ok: false,
      refusal: { code: 'idempotency_key_reused' },
    });
    expect(await usable(card)).toBe(9_999n);
  });

  it('a statement shows each posted change with the balance after it, in pages', async () => {
    for (let turn = 1; turn <= 5; turn += 1) {
      await post(test.db, [hold(`h${turn}`, 100n)], testNow);
      await post(
        test.db,
        [{ type: 'capture', id: `c${turn}`, holdId: `h${turn}`, reference: `pay_${turn}` }],
        testNow,
      );
    }
    const first = await statementOf(test.db, card.id, { size: 4 });
    expect(first.entries.map((entry) => entry.balanceAfterMinor)).toEqual([9_500n, 9_600n, 9_700n, 9_800n]);
    expect(first.entries[0]).toMatchObject({ amountMinor: -100n, movement: 'spend', reference: 'pay_5' });
    const second = await statementOf(test.db, card.id, { size: 4, before: first.nextBefore ?? undefined });
    expect(second.entries.map((entry) => entry.amountMinor)).toEqual([-100n, 10_000n]);
    expect(second.nextBefore).toBeNull();
  });
});

describe('many at once', () => {
  it('one card is never spent twice by 1,000 concurrent attempts', async () => {
    const attempts = Array.from({ length: 1_000 }, (_, index) =>
      post(test.db, [hold(`race-${index}`, 10_000n)], testNow),
    );
    const results = await Promise.all(attempts);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(await usable(card)).toBe(0n);
  });

  it('the same transfer sent 100 times at once is posted once', async () => {
    const results = await Promise.all(
      Array.from({ length: 100 }, () => post(test.db, [hold('same', 70n)], testNow)),
    );
    expect(results.every((result) => result.ok)).toBe(true);
    expect(await usable(card)).toBe(9_930n);
  });

  it('one id that several want for different transfers goes to one of them, and the others are told', async () => {
    const wants = [cash, merchant].flatMap((from) => [card, other].map((to) => ({ from, to })));
    for (let turn = 0; turn < 20; turn += 1) {
      const results = await Promise.all(
        wants.map(({ from, to }) => post(test.db, [oneFen(`wanted-${turn}`, from, to)], testNow)),
      );
      expect(results.filter((result) => result.ok)).toHaveLength(1);
      const codes = results.flatMap((result) => (result.ok ? [] : [result.refusal.code]));
      expect(new Set(codes)).toEqual(new Set(['exists_with_different_fields']));
    }
  });

  it('a transfer that takes an id between the check and the posting of another is not taken for that one', async () => {
    // On SQLite nobody writes between the two. On PostgreSQL the key of an open transaction holds the second there.
    if (test.engine === 'sqlite') return;
    const idempotency = {
      scope: 's',
      key: 'k',
      fingerprint: 'f',
      response: '{}',
      createdAt: testNow.toISOString(),
    };
    const undo = new Error('undo');
    let late: ReturnType<typeof commit> | undefined;
    const first = transaction(test.db, async (tx) => {
      await tx.idempotencyKey.create({ data: { ...idempotency, createdAt: testNow } });
      late = commit(test.db, { idempotency, transfers: [oneFen('wanted', cash, card)] }, testNow);
      await untilSomebodyWaits();
      expect(await post(test.db, [oneFen('wanted', merchant, other)], testNow)).toMatchObject({ ok: true });
      throw undo;
    });
    await expect(first).rejects.toBe(undo);
    expect(await late).toMatchObject({ ok: false, refusal: { code: 'exists_with_different_fields' } });
    expect(await usable(card)).toBe(10_000n);
  });

  function oneFen(id: string, debit: AccountRef, credit: AccountRef): Transfer {
    const movement = debit === cash ? 'issue' : 'refundCard';
    return { type: 'post', id, movement, debit, credit, amountMinor: 1n, reference: 'r' };
  }

  async function untilSomebodyWaits(): Promise<void> {
    const query = `SELECT 1 AS "one" FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    while ((await test.db.$queryRawUnsafe<unknown[]>(query)).length === 0);
  }

  it('two cards held in opposite orders do not deadlock', async () => {
    const both = (index: number): Transfer[] => {
      const pair = [hold(`x${index}`, 10n, card), hold(`y${index}`, 10n, other)];
      return index % 2 === 0 ? pair : pair.reverse();
    };
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, index) => post(test.db, both(index), testNow)),
    );
    expect(results.every((result) => result.ok)).toBe(true);
    expect(await usable(other)).toBe(3_000n);
  });
});
