import { accountCodes, movements } from './chart';

const text = (expression: string) => `CAST(${expression} AS TEXT)`;
const SIDES = ['debitsPending', 'debitsPosted', 'creditsPending', 'creditsPosted'] as const;

const allowed = (transfer: string, debitCode: string, creditCode: string) =>
  Object.values(movements)
    .map(
      ({ code, debit, credit }) =>
        `(${transfer}."code" = ${code} AND ${debitCode} = ${accountCodes[debit]} AND ${creditCode} = ${accountCodes[credit]})`,
    )
    .join(' OR ');

/**
 * One pass over all transfers, each beside the hold that it ends. Returns every account whose balance is not what its
 * transfers make it (at most `limit` of each side), and, without a subject, which of `transferChecks` has something to
 * name. Summed by pairs of accounts first: there are far fewer pairs than transfers, and each serves both accounts.
 */
export function passOverTransfers(limit: number): string {
  const balances = SIDES.map(
    (side) => `SELECT * FROM (SELECT 'balance.${side}' AS "check", "id" AS "subject",
      ${text(`"derived.${side}"`)} AS "expected", ${text(`"${side}"`)} AS "found"
      FROM "wrong" WHERE "derived.${side}" <> "${side}" ORDER BY "id" LIMIT ${limit}) "${side}"`,
  );
  const suspected = Object.entries(SUSPICIONS).map(
    ([check, condition]) =>
      `SELECT '${check}', NULL, NULL, NULL WHERE EXISTS (SELECT 1 FROM "judged" j WHERE ${condition})`,
  );
  return `
  WITH "moved" AS MATERIALIZED (
    SELECT t."debitAccountId" AS "debit", t."creditAccountId" AS "credit", t."code" AS "code",
      sum(CASE t."kind" WHEN 'pending' THEN t."amount" WHEN 'posted' THEN 0 ELSE -coalesce(p."amount", 0) END) AS "held",
      sum(CASE WHEN t."kind" IN ('posted', 'post_pending') THEN t."amount" ELSE 0 END) AS "posted",
      min(t."amount") AS "least", sum(CASE WHEN ${MISMATCHED_END} THEN 1 ELSE 0 END) AS "crooked",
      sum(CASE WHEN ${UNKNOWN_KIND} THEN 1 ELSE 0 END) AS "unknown"
    FROM "Transfer" t LEFT JOIN "Transfer" p ON p."id" = t."pendingId"
    GROUP BY t."debitAccountId", t."creditAccountId", t."code"),
  "judged" AS MATERIALIZED (
    SELECT m.*, d."code" AS "debitCode", c."code" AS "creditCode", d."currency" AS "debitCurrency", c."currency" AS "creditCurrency"
    FROM "moved" m LEFT JOIN "Account" d ON d."id" = m."debit" LEFT JOIN "Account" c ON c."id" = m."credit"),
  "derived" AS (
    SELECT e."account" AS "account", ${SIDES.map((side) => `sum(e."${side}") AS "${side}"`).join(', ')} FROM (
      SELECT "debit" AS "account", "held" AS "debitsPending", "posted" AS "debitsPosted", 0 AS "creditsPending", 0 AS "creditsPosted"
      FROM "moved" UNION ALL SELECT "credit", 0, 0, "held", "posted" FROM "moved") e GROUP BY e."account"),
  "wrong" AS MATERIALIZED (
    SELECT a.*, ${SIDES.map((side) => `coalesce(d."${side}", 0) AS "derived.${side}"`).join(', ')}
    FROM "Account" a LEFT JOIN "derived" d ON d."account" = a."id"
    WHERE ${SIDES.map((side) => `coalesce(d."${side}", 0) <> a."${side}"`).join(' OR ')})
  ${[...balances, ...suspected].join(' UNION ALL ')}`;
}

/** Whether transfer t ends a hold p whose accounts, code or amount do not fit it, or that does not exist. */
const MISMATCHED_END = `CASE WHEN t."kind" IN ('post_pending', 'void_pending') THEN p."id" IS NULL OR p."kind" <> 'pending'
  OR p."debitAccountId" <> t."debitAccountId" OR p."creditAccountId" <> t."creditAccountId"
  OR p."code" <> t."code" OR t."amount" > p."amount" OR (t."kind" = 'void_pending' AND t."amount" <> p."amount")
  ELSE t."pendingId" IS NOT NULL END`;

const UNKNOWN_KIND = `t."kind" NOT IN ('posted', 'pending', 'post_pending', 'void_pending')`;

const SUSPICIONS: Record<keyof typeof transferChecks, string> = {
  'transfers have accounts': 'j."debitCode" IS NULL OR j."creditCode" IS NULL',
  'transfers move what the chart allows': `NOT (${allowed('j', 'j."debitCode"', 'j."creditCode"')})
    OR j."debitCurrency" <> j."creditCurrency" OR j."least" <= 0 OR j."unknown" > 0`,
  'a hold ends as it began': 'j."crooked" > 0',
};

/** What is wrong with single transfers; asked only when the pass over all of them says that there is something. */
export const transferChecks = {
  'transfers have accounts': `
    SELECT t."id" AS "subject", 'two accounts' AS "expected", 'one is missing' AS "found" FROM "Transfer" t
    LEFT JOIN "Account" d ON d."id" = t."debitAccountId" LEFT JOIN "Account" c ON c."id" = t."creditAccountId"
    WHERE d."id" IS NULL OR c."id" IS NULL`,
  'transfers move what the chart allows': `
    SELECT t."id" AS "subject", 'a movement of the chart' AS "expected", ${text('t."code"')} AS "found" FROM "Transfer" t
    JOIN "Account" d ON d."id" = t."debitAccountId" JOIN "Account" c ON c."id" = t."creditAccountId"
    WHERE NOT (${allowed('t', 'd."code"', 'c."code"')}) OR d."currency" <> c."currency" OR t."amount" <= 0
      OR ${UNKNOWN_KIND}`,
  'a hold ends as it began': `
    SELECT t."id" AS "subject", t."pendingId" AS "expected", coalesce(p."kind", 'no hold') AS "found" FROM "Transfer" t
    LEFT JOIN "Transfer" p ON p."id" = t."pendingId"
    WHERE ${MISMATCHED_END}`,
} as const;

/** Checks that each run a query of their own over everything. */
export const wholeChecks: Record<string, string> = {
  'debits equal credits': `
    SELECT s."currency" AS "subject", ${text('s."debits"')} AS "expected", ${text('s."credits"')} AS "found" FROM (
      SELECT "currency", sum("debitsPosted") AS "debits", sum("creditsPosted") AS "credits" FROM "Account" GROUP BY "currency"
      UNION ALL
      SELECT "currency", sum("debitsPending"), sum("creditsPending") FROM "Account" GROUP BY "currency") s
    WHERE s."debits" <> s."credits"`,
  'no balance is negative': `
    SELECT "id" AS "subject", '0 or more' AS "expected", ${text('"debitsPending"')} AS "found" FROM "Account"
    WHERE ${SIDES.map((side) => `"${side}" < 0`).join(' OR ')}`,
  'no limited account is overdrawn': `
    SELECT "id" AS "subject", ${text('"creditsPosted"')} AS "expected", ${text('"debitsPending" + "debitsPosted"')} AS "found"
    FROM "Account" WHERE "limited" AND "debitsPending" + "debitsPosted" > "creditsPosted"`,
  'card accounts are limited': `
    SELECT "id" AS "subject", 'limited' AS "expected", 'not limited' AS "found"
    FROM "Account" WHERE "code" = ${accountCodes.card} AND NOT "limited"`,
  'a hold ends once': `
    SELECT "pendingId" AS "subject", '1' AS "expected", ${text('count(*)')} AS "found" FROM "Transfer"
    WHERE "pendingId" IS NOT NULL GROUP BY "pendingId" HAVING count(*) > 1`,
  'statements are complete': `
    SELECT a."id" AS "subject", ${text('a."entryCount"')} AS "expected", ${text('coalesce(e."n", 0)')} AS "found" FROM "Account" a
    LEFT JOIN (SELECT "accountId", count(*) AS "n", max("number") AS "last" FROM "Entry" GROUP BY "accountId") e ON e."accountId" = a."id"
    WHERE a."limited" AND (a."entryCount" <> coalesce(e."n", 0) OR a."entryCount" <> coalesce(e."last", 0))`,
  'statements show every posted transfer': `
    SELECT s."account" || ' ' || s."id" AS "subject", 'an entry' AS "expected", 'none' AS "found" FROM (
      SELECT "debitAccountId" AS "account", "id" FROM "Transfer" WHERE "kind" IN ('posted', 'post_pending')
      UNION ALL SELECT "creditAccountId", "id" FROM "Transfer" WHERE "kind" IN ('posted', 'post_pending')) s
    JOIN "Account" a ON a."id" = s."account" AND a."limited"
    LEFT JOIN "Entry" e ON e."transferId" = s."id" AND e."accountId" = s."account"
    WHERE e."accountId" IS NULL`,
  'statements add up': `
    SELECT s."accountId" || ' entry ' || ${text('s."number"')} AS "subject", ${text('s."before" + s."amount"')} AS "expected",
      ${text('s."balanceAfter"')} AS "found" FROM (
      SELECT "accountId", "number", "amount", "balanceAfter",
        coalesce(lag("balanceAfter") OVER (PARTITION BY "accountId" ORDER BY "number"), 0) AS "before" FROM "Entry") s
    WHERE s."before" + s."amount" <> s."balanceAfter"`,
  'statements end at the balance': `
    SELECT a."id" AS "subject", ${text('a."creditsPosted" - a."debitsPosted"')} AS "expected", ${text('e."balanceAfter"')} AS "found"
    FROM "Account" a JOIN "Entry" e ON e."accountId" = a."id" AND e."number" = a."entryCount"
    WHERE a."limited" AND e."balanceAfter" <> a."creditsPosted" - a."debitsPosted"`,
  'entries say what was transferred': `
    SELECT e."transferId" AS "subject", ${text('coalesce(t."amount", 0)')} AS "expected", ${text('e."amount"')} AS "found" FROM "Entry" e
    LEFT JOIN "Transfer" t ON t."id" = e."transferId"
    WHERE t."id" IS NULL OR t."kind" NOT IN ('posted', 'post_pending')
      OR NOT ((e."accountId" = t."debitAccountId" AND e."amount" = -t."amount")
        OR (e."accountId" = t."creditAccountId" AND e."amount" = t."amount"))`,
  'dormant value is that of its cards': `
    SELECT c."id" AS "subject", ${text('coalesce(m."dormant", 0)')} AS "expected", ${text('c."dormantMinor"')} AS "found" FROM "Card" c
    LEFT JOIN (
      SELECT k."id" AS "card", sum(CASE t."code" WHEN ${movements.expire.code} THEN t."amount" ELSE -t."amount" END) AS "dormant"
      FROM "Transfer" t JOIN "Card" k ON k."id" = CASE t."code"
        WHEN ${movements.expire.code} THEN (SELECT l."id" FROM "Card" l WHERE l."accountId" = t."debitAccountId")
        ELSE coalesce((SELECT l."id" FROM "Card" l WHERE l."id" = t."reference"),
          (SELECT l."id" FROM "Card" l WHERE l."accountId" = t."creditAccountId")) END
      WHERE t."code" IN (${movements.expire.code}, ${movements.revive.code}, ${movements.lapse.code})
      GROUP BY k."id") m ON m."card" = c."id"
    WHERE c."dormantMinor" <> coalesce(m."dormant", 0)`,
};

/** Every check by name. Each is shown to find its damage. */
export const CHECK_NAMES: readonly string[] = [
  ...SIDES.map((side) => `balance.${side}`),
  ...Object.keys(transferChecks),
  ...Object.keys(wholeChecks),
];
