import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { CHECK_NAMES } from './audit-checks';
import { audit, post } from './index';
import { ledgerWith, testNow } from './testing';

let test: TestDatabase;

beforeEach(async () => {
  test = await openTestDatabase();
  const { merchant, cards } = await ledgerWith(test.db, [10_000n]);
  const [card] = cards;
  if (!card) throw new Error('a card was made');
  const hold = {
    movement: 'spend',
    debit: card,
    credit: merchant,
    reference: 'pay_1',
    timeoutAt: testNow,
  } as const;
  await post(test.db, [{ type: 'hold', id: 'hold-1', amountMinor: 4_000n, ...hold }], testNow);
});

afterEach(() => test.close());

const at = `'2026-11-23 02:00:00'`;
const transfer = (fields: {
  id?: string;
  debit?: string;
  credit?: string;
  amount?: string;
  kind?: string;
  pending?: string;
}) => `INSERT INTO "Transfer" ("id", "debitAccountId", "creditAccountId", "amount", "code", "kind", "pendingId", "createdAt")
  VALUES ('${fields.id ?? 'raw-1'}', '${fields.debit ?? 'card-0'}', '${fields.credit ?? 'merchant-1'}', ${fields.amount ?? '1'},
    201, '${fields.kind ?? 'posted'}', ${fields.pending ? `'${fields.pending}'` : 'NULL'}, ${at})`;

describe('what SQL past the application cannot do', () => {
  const impossible: Record<string, string> = {
    'overdraw a card': transfer({ amount: '6001' }),
    'hold more than is usable': transfer({ amount: '6001', kind: 'pending' }),
    'post a negative amount': transfer({ amount: '-1' }),
    'post nothing': transfer({ amount: '0' }),
    'use a transfer id twice': transfer({ id: 'issue-0' }),
    'invent a kind': transfer({ kind: 'gift' }),
    'move value from an account to itself': transfer({ credit: 'card-0' }),
    'move value to an account that does not exist': transfer({ credit: 'nobody' }),
    'capture without a hold': transfer({ kind: 'post_pending' }),
    'capture a hold that does not exist': transfer({ kind: 'post_pending', pending: 'nothing' }),
    'capture more than was held': transfer({ kind: 'post_pending', pending: 'hold-1', amount: '4001' }),
    'capture a hold from another account': transfer({
      kind: 'post_pending',
      pending: 'hold-1',
      debit: 'merchant-1',
      credit: 'card-0',
    }),
    'release part of a hold': transfer({ kind: 'void_pending', pending: 'hold-1', amount: '3999' }),
    'change a transfer': `UPDATE "Transfer" SET "amount" = 1 WHERE "id" = 'issue-0'`,
    'delete a transfer': `DELETE FROM "Transfer" WHERE "id" = 'hold-1'`,
    'change a statement': `UPDATE "Entry" SET "balanceAfter" = 1`,
    'delete a statement': `DELETE FROM "Entry"`,
    'delete an account': `DELETE FROM "Account" WHERE "id" = 'house:fees:CNY'`,
    'open an account with money in it': `INSERT INTO "Account" ("id", "code", "currency", "creditsPosted", "limited", "createdAt")
      VALUES ('rich', 2010, 'CNY', 100, true, ${at})`,
    'lift the limit of a card': `UPDATE "Account" SET "limited" = false WHERE "id" = 'card-0'`,
    'make a balance negative': `UPDATE "Account" SET "debitsPosted" = -1 WHERE "id" = 'card-0'`,
    'overdraw a card by writing its balance': `UPDATE "Account" SET "debitsPosted" = 10001 WHERE "id" = 'card-0'`,
  };

  for (const [act, sql] of Object.entries(impossible)) {
    it(act, async () => {
      await expect(test.raw(sql)).rejects.toThrow();
      expect(await audit(test.db)).toMatchObject({ ok: true, differences: [] });
    });
  }

  it('end a hold twice', async () => {
    await test.raw(transfer({ id: 'end-1', kind: 'void_pending', pending: 'hold-1', amount: '4000' }));
    await expect(
      test.raw(transfer({ id: 'end-2', kind: 'post_pending', pending: 'hold-1', amount: '1' })),
    ).rejects.toThrow();
    expect((await audit(test.db)).ok).toBe(true);
  });

  it('a transfer inserted by hand moves its balances all the same', async () => {
    await test.raw(transfer({ amount: '6000' }));
    expect((await audit(test.db)).differences).toEqual([]);
    const card = await test.db.account.findUniqueOrThrow({ where: { id: 'card-0' } });
    expect(card).toMatchObject({ debitsPosted: 6_000n, debitsPending: 4_000n, entryCount: 2n });
  });

  it.each([
    `UPDATE "Account" SET "debitsPosted" = 1 WHERE "id" = 'card-0'`,
    `UPDATE "Account" SET "debitsPosted" = "debitsPosted"`,
    `INSERT INTO "Account" ("id", "code", "currency", "createdAt") SELECT "id", "code", "currency", "createdAt" FROM "Account"
      ON CONFLICT ("id") DO UPDATE SET "debitsPosted" = 1`,
    `MERGE INTO "Account" a USING "Account" b ON a."id" = b."id" WHEN MATCHED THEN UPDATE SET "debitsPosted" = 1`,
  ])('on PostgreSQL, which knows who writes, no balance is written however it would fit: %s', async (sql) => {
    if (test.engine !== 'postgres') return;
    await expect(test.raw(sql)).rejects.toThrow('balances are written by transfers alone');
  });

  it('a replaced transfer is refused on SQLite, where REPLACE deletes without its trigger', async () => {
    if (test.engine !== 'sqlite') return;
    const replace = transfer({ id: 'issue-0' }).replace('INSERT', 'INSERT OR REPLACE');
    await expect(test.raw(replace)).rejects.toThrow(/exists/);
  });
});

describe('what the audit finds when somebody goes round the triggers', () => {
  const damage: Record<string, { sql: string; check: string }> = {
    'a changed amount': {
      sql: `UPDATE "Transfer" SET "amount" = 9999 WHERE "id" = 'issue-0'`,
      check: 'balance.creditsPosted',
    },
    'a deleted hold': { sql: `DELETE FROM "Transfer" WHERE "id" = 'hold-1'`, check: 'balance.debitsPending' },
    'a balance with more held': {
      sql: `UPDATE "Account" SET "debitsPending" = 5000 WHERE "id" = 'card-0'`,
      check: 'balance.debitsPending',
    },
    'a balance with more spent': {
      sql: `UPDATE "Account" SET "debitsPosted" = 1 WHERE "id" = 'card-0'`,
      check: 'balance.debitsPosted',
    },
    'a balance with more to come': {
      sql: `UPDATE "Account" SET "creditsPending" = 1 WHERE "id" = 'merchant-1'`,
      check: 'balance.creditsPending',
    },
    'a richer card': {
      sql: `UPDATE "Account" SET "creditsPosted" = 20000 WHERE "id" = 'card-0'`,
      check: 'balance.creditsPosted',
    },
    'sides that differ': {
      sql: `UPDATE "Account" SET "creditsPosted" = 20000 WHERE "id" = 'card-0'`,
      check: 'debits equal credits',
    },
    'an overdrawn card': {
      sql: `UPDATE "Account" SET "debitsPosted" = 99999 WHERE "id" = 'card-0'`,
      check: 'no limited account is overdrawn',
    },
    'a card without its limit': {
      sql: `UPDATE "Account" SET "limited" = false WHERE "id" = 'card-0'`,
      check: 'card accounts are limited',
    },
    'a balance below nothing': {
      sql: `UPDATE "Account" SET "creditsPending" = -1 WHERE "id" = 'merchant-1'`,
      check: 'no balance is negative',
    },
    'a transfer of a kind that does not exist': {
      sql: `UPDATE "Transfer" SET "kind" = 'gift' WHERE "id" = 'issue-0'`,
      check: 'transfers move what the chart allows',
    },
    'a release of less than was held': {
      sql: `${transfer({ id: 'end-1', kind: 'void_pending', pending: 'hold-1', amount: '3999' })}`,
      check: 'a hold ends as it began',
    },
    'a payment that pretends to end a hold': {
      sql: `${transfer({ id: 'end-1', pending: 'hold-1', amount: '4000' })}`,
      check: 'a hold ends as it began',
    },
    'a posted transfer that the statement does not show': {
      sql: `${transfer({ id: 'in-1', amount: '1' })}; ${transfer({ id: 'in-2', amount: '1' })}`,
      check: 'statements show every posted transfer',
    },
    'another movement': {
      sql: `UPDATE "Transfer" SET "code" = 999 WHERE "id" = 'issue-0'`,
      check: 'transfers move what the chart allows',
    },
    'a movement the wrong way': {
      sql: `UPDATE "Transfer" SET "code" = 301 WHERE "id" = 'issue-0'`,
      check: 'transfers move what the chart allows',
    },
    'a hold of another code': {
      sql: `${transfer({ id: 'end-1', kind: 'void_pending', pending: 'hold-1', amount: '4000' })}; UPDATE "Transfer" SET "code" = 202 WHERE "id" = 'end-1'`,
      check: 'a hold ends as it began',
    },
    'a missing line of a statement': {
      sql: `DELETE FROM "Entry" WHERE "accountId" = 'card-0'`,
      check: 'statements are complete',
    },
    'a wrong balance on a statement': {
      sql: `UPDATE "Entry" SET "balanceAfter" = 1 WHERE "accountId" = 'card-0'`,
      check: 'statements add up',
    },
    'a statement that ends elsewhere': {
      sql: `UPDATE "Entry" SET "balanceAfter" = 1 WHERE "accountId" = 'card-0'`,
      check: 'statements end at the balance',
    },
    'another amount on a statement': {
      sql: `UPDATE "Entry" SET "amount" = 1 WHERE "accountId" = 'card-0'`,
      check: 'entries say what was transferred',
    },
  };

  const proven = new Set<string>();

  for (const [what, { sql, check }] of Object.entries(damage)) {
    it(what, async () => {
      await test.raw(withoutTriggers(sql));
      const report = await audit(test.db);
      expect(report.ok).toBe(false);
      expect(report.differences.map((difference) => difference.check)).toContain(check);
      proven.add(check);
    });
  }

  it('a transfer with no accounts', async () => {
    const orphan = `UPDATE "Transfer" SET "creditAccountId" = 'nobody' WHERE "id" = 'issue-0'`;
    await test.raw(
      test.engine === 'sqlite'
        ? `PRAGMA foreign_keys = OFF; ${withoutTriggers(orphan)}`
        : withoutTriggers(orphan),
    );
    const checks = (await audit(test.db)).differences.map((difference) => difference.check);
    expect(checks).toContain('transfers have accounts');
    proven.add('transfers have accounts');
  });

  it('a hold that ended twice', async () => {
    const twice = ['end-1', 'end-2'].map((id) =>
      transfer({ id, kind: 'void_pending', pending: 'hold-1', amount: '4000' }),
    );
    await test.raw(withoutTriggers(`DROP INDEX "Transfer_pendingId_key"; ${twice.join(';')}`));
    const checks = (await audit(test.db)).differences.map((difference) => difference.check);
    expect(checks).toContain('a hold ends once');
    proven.add('a hold ends once');
  });

  it('dormant value that no transfer made', async () => {
    const { db } = test;
    const look = { colourFrom: '#000000', colourTo: '#ffffff', createdAt: testNow };
    const programme = {
      id: 'p',
      nameZh: '卡',
      nameEn: 'Card',
      kind: 'anonymous',
      medium: 'electronic',
      ...look,
    };
    const rules = {
      currency: 'CNY',
      policyPack: 'free',
      prefix: '9199',
      faceValues: '{}',
      spendingRule: '{}',
    };
    await db.programme.create({ data: { ...programme, ...rules } });
    const secrets = {
      numberHmac: 'n',
      numberKey: 1,
      passwordScheme: 'hmac',
      passwordKey: 1,
      passwordHash: '-',
    };
    const card = { id: 'card', accountId: 'card-0', programmeId: 'p', lastFour: '0000', createdAt: testNow };
    await db.card.create({ data: { ...card, ...secrets, state: 'active', faceMinor: 1n } });
    expect((await audit(db)).differences).toEqual([]);
    await db.card.update({ where: { id: card.id }, data: { dormantMinor: 5n } });
    const check = 'dormant value is that of its cards';
    expect((await audit(db)).differences).toEqual([{ check, subject: 'card', expected: '0', found: '5' }]);
    proven.add(check);
  });

  it('by every one of its checks', () => {
    expect([...proven].sort()).toEqual([...CHECK_NAMES].sort());
  });

  /** What a person with the database's password would do. */
  function withoutTriggers(sql: string): string {
    if (test.engine === 'postgres') {
      const dropped = ['account_not_overdrawn', 'account_balances_not_negative']
        .map((name) => `ALTER TABLE "Account" DROP CONSTRAINT "${name}";`)
        .concat(
          ['transfer_kind', 'transfer_ends_a_hold'].map(
            (name) => `ALTER TABLE "Transfer" DROP CONSTRAINT "${name}";`,
          ),
        );
      return `${dropped.join(' ')} SET session_replication_role = replica; ${sql}`;
    }
    const triggers = [
      'Transfer_no_update',
      'Transfer_no_delete',
      'Transfer_posts',
      'Entry_no_update',
      'Entry_no_delete',
      'Account_identity',
    ];
    const dropped = triggers.map((name) => `DROP TRIGGER "${name}";`);
    return `PRAGMA ignore_check_constraints = ON; ${dropped.join(' ')} ${sql}`;
  }
});
