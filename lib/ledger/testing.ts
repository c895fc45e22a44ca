import type { Database } from '@/lib/database';
import type { TestDatabase } from '@/lib/database/testing';
import { openAccounts, openHouseAccounts } from './accounts';
import { post } from './commit';
import { type AccountRef, houseAccount, type Transfer } from './model';
import { sealTransfers } from './seal-transfers';

export const testNow = new Date('2026-11-23T02:00:00.000Z');

export const cash = houseAccount('custodyCash', 'CNY');

/** So many minutes after `testNow`. */
export const minutes = (count: number) => new Date(testNow.getTime() + count * 60_000);

/** House accounts, a merchant, and cards that hold the given amounts (fen). For tests. */
export async function ledgerWith(db: Database, amountsMinor: readonly bigint[]) {
  await openHouseAccounts(db, { currency: 'CNY', gateways: ['alipay'], now: testNow });
  const merchant: AccountRef = { id: 'merchant-1', kind: 'merchantPayable' };
  const cards = amountsMinor.map((_, index): AccountRef => ({ id: `card-${index}`, kind: 'card' }));
  await openAccounts(
    db,
    [merchant, ...cards].map((account) => ({ ...account, currency: 'CNY' as const, now: testNow })),
  );
  for (const [index, amountMinor] of amountsMinor.entries()) {
    const credit = cards[index];
    if (!credit || amountMinor === 0n) continue;
    const issue = {
      type: 'post' as const,
      id: `issue-${index}`,
      movement: 'issue' as const,
      debit: cash,
      credit,
      amountMinor,
    };
    await post(db, [{ ...issue, reference: 'batch-1' }], testNow);
  }
  return { merchant, cards };
}

type Parties = Awaited<ReturnType<typeof ledgerWith>>;

/** Two transfers: 1.00 held on the first card, and captured a millisecond later. */
export async function pay(db: Database, { merchant, cards }: Parties, payment: { id: string; at: Date }) {
  const { id, at } = payment;
  const [debit] = cards;
  if (!debit) throw new Error('a card was made');
  const hold: Transfer = {
    type: 'hold',
    id: `hold-${id}`,
    movement: 'spend',
    debit,
    credit: merchant,
    amountMinor: 100n,
    reference: `pay-${id}`,
    timeoutAt: minutes(60),
  };
  await post(db, [hold], at);
  const capture = { type: 'capture' as const, id: `capture-${id}`, holdId: hold.id, reference: `pay-${id}` };
  await post(db, [capture], new Date(at.getTime() + 1));
}

/** Three seals: two issues; two payments; two payments. */
export async function threeSeals(db: Database, parties: Parties): Promise<void> {
  await sealTransfers(db, minutes(1));
  await pay(db, parties, { id: 'a', at: minutes(2) });
  await pay(db, parties, { id: 'b', at: minutes(2.5) });
  await sealTransfers(db, minutes(3));
  await pay(db, parties, { id: 'c', at: minutes(4) });
  await pay(db, parties, { id: 'd', at: minutes(4.5) });
  await sealTransfers(db, minutes(5));
}

/** Runs SQL with triggers and foreign keys switched off, as somebody with the database's password could. */
export async function withoutTriggers(test: TestDatabase, sql: string): Promise<void> {
  if (test.engine === 'postgres') return test.raw(`SET session_replication_role = replica; ${sql}`);
  const triggers = await test.db.$queryRaw<{ name: string; sql: string }[]>`
    SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`;
  const dropped = triggers.map(({ name }) => `DROP TRIGGER "${name}";`).join(' ');
  const again = triggers.map((trigger) => `${trigger.sql};`).join(' ');
  return test.raw(`PRAGMA foreign_keys = OFF; ${dropped} ${sql}; ${again}`);
}
