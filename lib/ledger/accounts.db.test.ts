import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import {
  accountCodes,
  balancesOf,
  commit,
  openAccounts,
  openHouseAccounts,
  post,
  statementOf,
} from './index';
import { ledgerWith, testNow } from './testing';

const later = new Date('2026-11-24T02:00:00.000Z');
let test: TestDatabase;

beforeEach(async () => {
  test = await openTestDatabase();
});
afterEach(() => test.close());

const stored = () => test.db.account.findMany({ orderBy: { id: 'asc' } });

it('the house has an account of each kind, and one receivable for each gateway; opened again, only a new gateway is added', async () => {
  await openHouseAccounts(test.db, { currency: 'CNY', gateways: ['alipay'], now: testNow });
  const house = Object.entries(accountCodes).filter(
    ([kind]) => kind !== 'card' && kind !== 'merchantPayable',
  );
  const first = await stored();
  expect(first.map(({ id, code }) => [id, code])).toEqual(
    house
      .map(([kind, code]) => [`house:${kind}:CNY${kind === 'gatewayReceivable' ? ':alipay' : ''}`, code])
      .sort(),
  );
  expect(first.every(({ limited, currency }) => !limited && currency === 'CNY')).toBe(true);
  await openHouseAccounts(test.db, { currency: 'CNY', gateways: ['alipay', 'other'], now: later });
  const added = (await stored()).filter(({ createdAt }) => createdAt.getTime() !== testNow.getTime());
  expect(added.map(({ id }) => id)).toEqual(['house:gatewayReceivable:CNY:other']);
  await openHouseAccounts(test.db, { currency: 'CNY', gateways: ['alipay', 'other'], now: later });
  expect(await stored()).toHaveLength(first.length + 1);
});

it('a card is limited, and its account keeps what it was opened with', async () => {
  const card = { id: 'c', kind: 'card', currency: 'CNY', now: testNow } as const;
  await openAccounts(test.db, [card]);
  await openAccounts(test.db, [{ ...card, kind: 'merchantPayable', now: later }]);
  expect(await stored()).toMatchObject([
    { id: 'c', limited: true, code: accountCodes.card, createdAt: testNow },
  ]);
});

it('balances are of the accounts asked about, in all four sides; what does not exist is left out', async () => {
  const { merchant, cards } = await ledgerWith(test.db, [1_000n, 500n]);
  const [card] = cards;
  if (!card) throw new Error('a card was made');
  const spend = { movement: 'spend', debit: card, credit: merchant, reference: 'r' } as const;
  await post(test.db, [{ type: 'post', id: 'p', amountMinor: 300n, ...spend }], testNow);
  await post(test.db, [{ type: 'hold', id: 'h', amountMinor: 50n, timeoutAt: later, ...spend }], testNow);
  expect(Object.fromEntries(await balancesOf(test.db, [card.id, merchant.id, 'nobody']))).toEqual({
    [card.id]: { debitsPending: 50n, debitsPosted: 300n, creditsPending: 0n, creditsPosted: 1_000n },
    [merchant.id]: { debitsPending: 0n, debitsPosted: 0n, creditsPending: 50n, creditsPosted: 300n },
  });
});

it('a transfer is stored with all that was said of it', async () => {
  const { merchant, cards } = await ledgerWith(test.db, [1_000n]);
  const [card] = cards;
  if (!card) throw new Error('a card was made');
  const spend = { movement: 'spend', debit: card, credit: merchant } as const;
  const hold = (id: string) =>
    ({ type: 'hold', id, amountMinor: 50n, timeoutAt: later, reference: `for ${id}`, ...spend }) as const;
  await post(test.db, [hold('h'), hold('i')], testNow);
  await post(
    test.db,
    [
      { type: 'capture', id: 'c', holdId: 'h', amountMinor: 20n, reference: 'captured' },
      { type: 'release', id: 'v', holdId: 'i', reference: 'released' },
      { type: 'post', id: 'p', amountMinor: 5n, reference: 'posted', ...spend },
    ],
    later,
  );
  const rows = await test.db.transfer.findMany({
    where: { id: { in: ['h', 'c', 'v', 'p'] } },
    orderBy: { id: 'asc' },
  });
  const both = { debitAccountId: card.id, creditAccountId: merchant.id, code: 201 };
  const ended = { ...both, timeoutAt: null, createdAt: later };
  expect(rows).toMatchObject([
    { ...ended, id: 'c', kind: 'post_pending', pendingId: 'h', amount: 20n, reference: 'captured' },
    { ...both, id: 'h', kind: 'pending', pendingId: null, amount: 50n, reference: 'for h', timeoutAt: later },
    { ...ended, id: 'p', kind: 'posted', pendingId: null, amount: 5n, reference: 'posted' },
    { ...ended, id: 'v', kind: 'void_pending', pendingId: 'i', amount: 50n, reference: 'released' },
  ]);
  expect(rows[1]?.createdAt).toEqual(testNow);
});

it('a unit that is refused says for what: which row had changed, what was there already, whose funds are missing', async () => {
  const { merchant, cards } = await ledgerWith(test.db, [1_000n]);
  const [card] = cards;
  if (!card) throw new Error('a card was made');
  const update = (currency: string) => ({
    table: 'Account' as const,
    key: { id: card.id },
    expect: { currency },
    set: {},
  });
  const elsewhere = { ...update('USD'), key: { id: merchant.id } };
  expect(await commit(test.db, { updates: [update('CNY'), elsewhere], transfers: [] }, testNow)).toEqual({
    ok: false,
    refusal: { code: 'row_changed', update: 1 },
  });
  const open = { leasedBy: null, leasedUntil: null, deliveredAt: null, parkedAt: null, lastError: null };
  const at = testNow.toISOString();
  const message = {
    id: 'm',
    topic: 't',
    payload: '{}',
    createdAt: at,
    availableAt: at,
    attempts: 0,
    ...open,
  };
  const inserts = [{ table: 'OutboxMessage' as const, rows: [message] }];
  expect(await commit(test.db, { inserts, transfers: [] }, testNow)).toMatchObject({ ok: true });
  expect(await commit(test.db, { inserts, transfers: [] }, testNow)).toEqual({
    ok: false,
    refusal: { code: 'duplicate' },
  });
  const spend = { type: 'post', movement: 'spend', debit: card, credit: merchant, reference: 'r' } as const;
  const nobody = { ...spend, id: 'n', debit: { id: 'nobody', kind: 'card' } as const, amountMinor: 1n };
  expect(await post(test.db, [nobody], testNow)).toEqual({
    ok: false,
    refusal: { code: 'account_not_found', transferId: 'n', accountId: 'nobody' },
  });
});

it('a page of a statement that is exactly as long as what is left has no next one', async () => {
  const { merchant, cards } = await ledgerWith(test.db, [1_000n]);
  const [card] = cards;
  if (!card) throw new Error('a card was made');
  const spend = { type: 'post', movement: 'spend', debit: card, credit: merchant, reference: 'r' } as const;
  await post(test.db, [{ ...spend, id: 'p', amountMinor: 100n }], later);
  const whole = await statementOf(test.db, card.id, { size: 2 });
  expect(whole).toEqual({
    nextBefore: null,
    entries: [
      {
        number: 2n,
        transferId: 'p',
        movement: 'spend',
        reference: 'r',
        amountMinor: -100n,
        balanceAfterMinor: 900n,
        at: later,
      },
      expect.objectContaining({ number: 1n, transferId: 'issue-0', movement: 'issue', at: testNow }),
    ],
  });
  expect((await statementOf(test.db, card.id, { size: 1 })).nextBefore).toBe(2n);
  expect(await statementOf(test.db, card.id, { size: 1, before: 1n })).toEqual({
    entries: [],
    nextBefore: null,
  });
});
