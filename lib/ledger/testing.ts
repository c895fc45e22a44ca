import type { Database } from '@/lib/database';
import type { TestDatabase } from '@/lib/database/testing';
import { openAccounts, openHouseAccounts } from './accounts';
import { post } from './commit';
import { type AccountRef, houseAccount } from './model';

export const testNow = new Date('2026-11-23T02:00:00.000Z');

export const cash = houseAccount('custodyCash', 'CNY');

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

/** Runs SQL with triggers and foreign keys switched off, as somebody with the database's password could. */
export async function withoutTriggers(test: TestDatabase, sql: string): Promise<void> {
  if (test.engine === 'postgres') return test.raw(`SET session_replication_role = replica; ${sql}`);
  const triggers = await test.db.$queryRaw<{ name: string; sql: string }[]>`
    SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`;
  const dropped = triggers.map(({ name }) => `DROP TRIGGER "${name}";`).join(' ');
  const again = triggers.map((trigger) => `${trigger.sql};`).join(' ');
  return test.raw(`PRAGMA foreign_keys = OFF; ${dropped} ${sql}; ${again}`);
}
