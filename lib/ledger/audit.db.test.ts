import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { audit } from './index';
import { ledgerWith, testNow, withoutTriggers } from './testing';

let test: TestDatabase;

beforeEach(async () => {
  test = await openTestDatabase();
  await ledgerWith(
    test.db,
    Array.from({ length: 12 }, () => 100n),
  );
});
afterEach(() => test.close());

const damage = (sql: string) => withoutTriggers(test, sql);

it('of a sound ledger counts what it looked at and finds nothing', async () => {
  const [accounts, transfers] = [await test.db.account.count(), await test.db.transfer.count()];
  expect(await audit(test.db)).toEqual({ ok: true, accounts, transfers, differences: [] });
  expect([accounts, transfers]).toEqual([22, 12]);
});

it('names the first of each kind of damage, the shorter name first, and no more than was asked for', async () => {
  await damage(`UPDATE "Account" SET "limited" = false WHERE "id" IN ('card-10', 'card-3', 'card-2')`);
  const found = async (limit?: number) =>
    (await audit(test.db, limit)).differences.map(({ subject }) => subject);
  expect(await found(2)).toEqual(['card-2', 'card-3']);
  expect(await found()).toEqual(['card-2', 'card-3', 'card-10']);
});

it('says of a balance what it should be and what it is, on each of its sides', async () => {
  await damage(`UPDATE "Account" SET "creditsPosted" = 101, "creditsPending" = 7 WHERE "id" = 'card-2';
    UPDATE "Account" SET "creditsPosted" = 99 WHERE "id" IN ('card-1', 'card-3')`);
  const { ok, differences } = await audit(test.db, 2);
  expect(ok).toBe(false);
  const balances = differences.filter(({ check }) => check.startsWith('balance.'));
  expect(balances).toHaveLength(3);
  expect(balances).toEqual(
    expect.arrayContaining([
      { check: 'balance.creditsPosted', subject: 'card-1', expected: '100', found: '99' },
      { check: 'balance.creditsPosted', subject: 'card-2', expected: '100', found: '101' },
      { check: 'balance.creditsPending', subject: 'card-2', expected: '0', found: '7' },
    ]),
  );
});

it('says of a transfer what is wrong with it, also when others are sound', async () => {
  await damage(`UPDATE "Transfer" SET "creditAccountId" = 'nobody' WHERE "id" = 'issue-4';
    UPDATE "Transfer" SET "code" = 301 WHERE "id" = 'issue-5'`);
  const { differences } = await audit(test.db);
  expect(differences).toEqual(
    expect.arrayContaining([
      {
        check: 'transfers have accounts',
        subject: 'issue-4',
        expected: 'two accounts',
        found: 'one is missing',
      },
      {
        check: 'transfers move what the chart allows',
        subject: 'issue-5',
        expected: 'a movement of the chart',
        found: '301',
      },
    ]),
  );
  expect(differences.filter(({ check }) => check.startsWith('transfers '))).toHaveLength(2);
});

it('counts a movement between accounts of two currencies as none of the chart', async () => {
  await damage(`UPDATE "Account" SET "currency" = 'USD' WHERE "id" = 'card-6'`);
  const { differences } = await audit(test.db);
  expect(differences).toContainEqual({
    check: 'transfers move what the chart allows',
    subject: 'issue-6',
    expected: 'a movement of the chart',
    found: '101',
  });
});

it('finds an end of a hold that there is not', async () => {
  await damage(`INSERT INTO "Transfer" ("id", "debitAccountId", "creditAccountId", "amount", "code", "kind", "pendingId", "createdAt")
    VALUES ('end', 'card-1', 'merchant-1', 1, 201, 'void_pending', 'nothing', '${testNow.toISOString()}')`);
  const { differences } = await audit(test.db);
  const check = 'a hold ends as it began';
  expect(differences).toEqual([{ check, subject: 'end', expected: 'nothing', found: 'no hold' }]);
});
