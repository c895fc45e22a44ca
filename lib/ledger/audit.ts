import type { Database } from '@/lib/database';
import { accountCodes, movements } from './chart';

/** One thing that does not hold; `subject` is the account, transfer or currency it was found at. */
export interface Difference {
  readonly check: string;
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
}

export interface AuditReport {
  readonly ok: boolean;
  readonly accounts: number;
  readonly transfers: number;
  /** The first of each check, at most `limit` of each. */
  readonly differences: readonly Difference[];
}

/**
 * Derives every balance anew from the transfers and checks every rule of the ledger, whatever path wrote it:
 * it must find damage that was done around the triggers. All in the database, so memory does not grow with it.
 * Holds that nobody ended are the business of the domain that owns them.
 */
export async function audit(client: Database, limit = 20): Promise<AuditReport> {
  const [accounts, transfers] = await Promise.all([client.account.count(), client.transfer.count()]);
  const differences: Difference[] = [];
  for (const [check, sql] of Object.entries(CHECKS)) {
    const rows = await client.$queryRawUnsafe<Omit<Difference, 'check'>[]>(`${sql} LIMIT ${limit}`);
    for (const row of rows) differences.push({ check, ...row });
  }
  return { ok: differences.length === 0, accounts, transfers, differences };
}

const SIDES = ['debitsPending', 'debitsPosted', 'creditsPending', 'creditsPosted'] as const;

/** What each transfer does to its two accounts; a hold that was ended is taken back by the transfer that ended it. */
const EFFECTS = `
  SELECT t."debitAccountId" AS "account",
    CASE t."kind" WHEN 'pending' THEN t."amount" WHEN 'posted' THEN 0 ELSE -coalesce(p."amount", 0) END AS "debitsPending",
    CASE WHEN t."kind" IN ('posted', 'post_pending') THEN t."amount" ELSE 0 END AS "debitsPosted",
    0 AS "creditsPending", 0 AS "creditsPosted"
  FROM "Transfer" t LEFT JOIN "Transfer" p ON p."id" = t."pendingId"
  UNION ALL
  SELECT t."creditAccountId", 0, 0,
    CASE t."kind" WHEN 'pending' THEN t."amount" WHEN 'posted' THEN 0 ELSE -coalesce(p."amount", 0) END,
    CASE WHEN t."kind" IN ('posted', 'post_pending') THEN t."amount" ELSE 0 END
  FROM "Transfer" t LEFT JOIN "Transfer" p ON p."id" = t."pendingId"`;

const DERIVED = `
  SELECT e."account" AS "account", ${SIDES.map((side) => `sum(e."${side}") AS "${side}"`).join(', ')}
  FROM (${EFFECTS}) e GROUP BY e."account"`;

const ALLOWED = Object.values(movements)
  .map(
    ({ code, debit, credit }) =>
      `(t."code" = ${code} AND d."code" = ${accountCodes[debit]} AND c."code" = ${accountCodes[credit]})`,
  )
  .join(' OR ');

const text = (expression: string) => `CAST(${expression} AS TEXT)`;

/** By name. Each is shown to find its damage. */
export const CHECKS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    SIDES.map((side) => [
      `balance.${side}`,
      `SELECT a."id" AS "subject", ${text(`coalesce(d."${side}", 0)`)} AS "expected", ${text(`a."${side}"`)} AS "found"
       FROM "Account" a LEFT JOIN (${DERIVED}) d ON d."account" = a."id"
       WHERE coalesce(d."${side}", 0) <> a."${side}" ORDER BY a."id"`,
    ]),
  ),
  'debits equal credits': `
    SELECT s."currency" AS "subject", ${text('s."debits"')} AS "expected", ${text('s."credits"')} AS "found" FROM (
      SELECT "currency", sum("debitsPosted") AS "debits", sum("creditsPosted") AS "credits" FROM "Account" GROUP BY "currency"
      UNION ALL
      SELECT "currency", sum("debitsPending"), sum("creditsPending") FROM "Account" GROUP BY "currency") s
    WHERE s."debits" <> s."credits" ORDER BY s."currency"`,
  'no balance is negative': `
    SELECT "id" AS "subject", '0 or more' AS "expected", ${text('"debitsPending"')} AS "found" FROM "Account"
    WHERE ${SIDES.map((side) => `"${side}" < 0`).join(' OR ')} ORDER BY "id"`,
  'no limited account is overdrawn': `
    SELECT "id" AS "subject", ${text('"creditsPosted"')} AS "expected", ${text('"debitsPending" + "debitsPosted"')} AS "found"
    FROM "Account" WHERE "limited" AND "debitsPending" + "debitsPosted" > "creditsPosted" ORDER BY "id"`,
  'card accounts are limited': `
    SELECT "id" AS "subject", 'limited' AS "expected", 'not limited' AS "found"
    FROM "Account" WHERE "code" = ${accountCodes.card} AND NOT "limited" ORDER BY "id"`,
  'transfers have accounts': `
    SELECT t."id" AS "subject", 'two accounts' AS "expected", 'one is missing' AS "found" FROM "Transfer" t
    LEFT JOIN "Account" d ON d."id" = t."debitAccountId" LEFT JOIN "Account" c ON c."id" = t."creditAccountId"
    WHERE d."id" IS NULL OR c."id" IS NULL ORDER BY t."id"`,
  'transfers move what the chart allows': `
    SELECT t."id" AS "subject", 'a movement of the chart' AS "expected", ${text('t."code"')} AS "found" FROM "Transfer" t
    JOIN "Account" d ON d."id" = t."debitAccountId" JOIN "Account" c ON c."id" = t."creditAccountId"
    WHERE NOT (${ALLOWED}) OR d."currency" <> c."currency" OR t."amount" <= 0
      OR t."kind" NOT IN ('posted', 'pending', 'post_pending', 'void_pending') ORDER BY t."id"`,
  'a hold ends as it began': `
    SELECT t."id" AS "subject", t."pendingId" AS "expected", coalesce(p."kind", 'no hold') AS "found" FROM "Transfer" t
    LEFT JOIN "Transfer" p ON p."id" = t."pendingId"
    WHERE CASE WHEN t."kind" IN ('post_pending', 'void_pending') THEN p."id" IS NULL OR p."kind" <> 'pending'
      OR p."debitAccountId" <> t."debitAccountId" OR p."creditAccountId" <> t."creditAccountId"
      OR p."code" <> t."code" OR t."amount" > p."amount" OR (t."kind" = 'void_pending' AND t."amount" <> p."amount")
      ELSE t."pendingId" IS NOT NULL END ORDER BY t."id"`,
  'a hold ends once': `
    SELECT "pendingId" AS "subject", '1' AS "expected", ${text('count(*)')} AS "found" FROM "Transfer"
    WHERE "pendingId" IS NOT NULL GROUP BY "pendingId" HAVING count(*) > 1 ORDER BY "pendingId"`,
  'statements are complete': `
    SELECT a."id" AS "subject", ${text('a."entryCount"')} AS "expected", ${text('coalesce(e."n", 0)')} AS "found" FROM "Account" a
    LEFT JOIN (SELECT "accountId", count(*) AS "n", max("number") AS "last" FROM "Entry" GROUP BY "accountId") e ON e."accountId" = a."id"
    WHERE a."limited" AND (a."entryCount" <> coalesce(e."n", 0) OR a."entryCount" <> coalesce(e."last", 0)) ORDER BY a."id"`,
  'statements show every posted transfer': `
    SELECT s."account" || ' ' || s."id" AS "subject", 'an entry' AS "expected", 'none' AS "found" FROM (
      SELECT "debitAccountId" AS "account", "id" FROM "Transfer" WHERE "kind" IN ('posted', 'post_pending')
      UNION ALL SELECT "creditAccountId", "id" FROM "Transfer" WHERE "kind" IN ('posted', 'post_pending')) s
    JOIN "Account" a ON a."id" = s."account" AND a."limited"
    LEFT JOIN "Entry" e ON e."transferId" = s."id" AND e."accountId" = s."account"
    WHERE e."accountId" IS NULL ORDER BY s."account", s."id"`,
  'statements add up': `
    SELECT s."accountId" || ' entry ' || ${text('s."number"')} AS "subject", ${text('s."before" + s."amount"')} AS "expected",
      ${text('s."balanceAfter"')} AS "found" FROM (
      SELECT "accountId", "number", "amount", "balanceAfter",
        coalesce(lag("balanceAfter") OVER (PARTITION BY "accountId" ORDER BY "number"), 0) AS "before" FROM "Entry") s
    WHERE s."before" + s."amount" <> s."balanceAfter" ORDER BY s."accountId", s."number"`,
  'statements end at the balance': `
    SELECT a."id" AS "subject", ${text('a."creditsPosted" - a."debitsPosted"')} AS "expected", ${text('e."balanceAfter"')} AS "found"
    FROM "Account" a JOIN "Entry" e ON e."accountId" = a."id" AND e."number" = a."entryCount"
    WHERE a."limited" AND e."balanceAfter" <> a."creditsPosted" - a."debitsPosted" ORDER BY a."id"`,
  'entries say what was transferred': `
    SELECT e."transferId" AS "subject", ${text('coalesce(t."amount", 0)')} AS "expected", ${text('e."amount"')} AS "found" FROM "Entry" e
    LEFT JOIN "Transfer" t ON t."id" = e."transferId"
    WHERE t."id" IS NULL OR t."kind" NOT IN ('posted', 'post_pending')
      OR NOT ((e."accountId" = t."debitAccountId" AND e."amount" = -t."amount")
        OR (e."accountId" = t."creditAccountId" AND e."amount" = t."amount")) ORDER BY e."transferId"`,
};
