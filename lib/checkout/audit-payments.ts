import { type Database, instantOf, type RawReader, readInBulk } from '@/lib/database';
import { DAY_MS, plusMs } from '@/lib/kernel';
import type { Difference } from '@/lib/ledger';
import { HOLD_GRACE_MS } from './model';
import { aliveStates } from './payment-states';

/** A refund that its gateway has not made for so long needs a person. */
const REFUND_ENDS_MS = DAY_MS;

/**
 * Checks that payments and the ledger tell the same story: tenders equal their transfers to the account, refunds equal
 * theirs, every hold belongs to a living payment or refund, orders stand where their payments stand, and nothing has
 * been left alone. Complements `audit` of the ledger.
 */
export function auditPayments(client: Database | RawReader, now: Date, limit = 20): Promise<Difference[]> {
  return readInBulk(client, async (reader) => {
    const differences: Difference[] = [];
    for (const [check, sql] of Object.entries(CHECKS)) {
      const rows = await reader.$queryRawUnsafe<Omit<Difference, 'check'>[]>(`${sql} LIMIT ${limit}`);
      for (const row of rows) differences.push({ check, ...row });
    }
    for (const { check, oldest, afterMs } of ENDS) {
      const rows = await reader.$queryRawUnsafe<Begun[]>(`${oldest} LIMIT ${limit}`);
      const alone = rows.filter(({ at }) => instantOf(at) < plusMs(now, -afterMs));
      for (const { id, state } of alone)
        differences.push({ check, subject: id, expected: 'an end', found: state });
    }
    return differences;
  });
}

const text = (expression: string) => `CAST(${expression} AS TEXT)`;
const PAID = `('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')`;
const OPEN = `('HELD', 'EXTERNAL_PENDING', 'CANCELLING')`;
const ALIVE = `(${aliveStates.map((state) => `'${state}'`).join(', ')})`;

/** The account that a tender's money comes from: its card's, or what the gateway owes. */
const ACCOUNT = `CASE t."kind" WHEN 'card' THEN c."accountId"
  ELSE 'house:gatewayReceivable:' || p."currency" || ':' || t."gateway" END`;

/** What the tenders of paid payments say that each account paid. */
const TENDERED = `
  SELECT p."id" AS "payment", ${ACCOUNT} AS "account", sum(t."amountMinor") AS "amount"
  FROM "Payment" p JOIN "Tender" t ON t."paymentId" = p."id" LEFT JOIN "Card" c ON c."id" = t."cardId"
  WHERE p."state" IN ${PAID} GROUP BY p."id", ${ACCOUNT}`;

/** What the refunds say that each account got back. */
const REFUNDED = `
  SELECT p."id" AS "payment", ${ACCOUNT} AS "account", sum(r."amountMinor") AS "amount"
  FROM "RefundPart" r JOIN "Tender" t ON t."id" = r."tenderId" JOIN "Payment" p ON p."id" = t."paymentId"
  LEFT JOIN "Card" c ON c."id" = t."cardId"
  WHERE r."state" = 'SUCCEEDED' GROUP BY p."id", ${ACCOUNT}`;

/** What the ledger has moved for payments, by the account on one side. */
const moved = (side: string, codes: string) => `
  SELECT x."reference" AS "payment", x.${side} AS "account", sum(x."amount") AS "amount" FROM "Transfer" x
  WHERE x."code" IN (${codes}) AND x."kind" IN ('posted', 'post_pending') GROUP BY x."reference", x.${side}`;

/**
 * Where two readings of what each account of a payment got differ, on whichever side one is missing. Added up and not joined:
 * SQLite compares each row of a FULL JOIN of two such readings with each of the other.
 */
const differing = (wanted: string, found: string) => `
  SELECT "payment" || ' ' || "account" AS "subject", ${text('sum("wanted")')} AS "expected", ${text('sum("got")')} AS "found"
  FROM (SELECT "payment", "account", "amount" AS "wanted", 0 AS "got" FROM (${wanted}) w
    UNION ALL SELECT "payment", "account", 0 AS "wanted", "amount" AS "got" FROM (${found}) m) b
  GROUP BY "payment", "account" HAVING sum("wanted") <> sum("got") ORDER BY "payment", "account"`;

interface Begun {
  readonly id: string;
  readonly state: string;
  readonly at: string;
}

/** What must have come to an end some time after it began, oldest first. */
const ENDS = [
  {
    check: 'payments end',
    afterMs: 2 * HOLD_GRACE_MS,
    oldest: `SELECT "id", "state", ${text('"createdAt"')} AS "at" FROM "Payment"
      WHERE "state" IN ('HELD', 'EXTERNAL_PENDING', 'CANCELLING', 'LATE_PAID') ORDER BY "createdAt"`,
  },
  {
    check: 'refunds end',
    afterMs: REFUND_ENDS_MS,
    oldest: `SELECT "id", "state", ${text('"createdAt"')} AS "at" FROM "Refund" WHERE "state" = 'PENDING' ORDER BY "createdAt"`,
  },
] as const;

/** By name. Each is shown to find its damage. */
export const CHECKS: Readonly<Record<string, string>> = {
  'tenders add up to their payment': `
    SELECT p."id" AS "subject", ${text('p."amountMinor"')} AS "expected", ${text('coalesce(sum(t."amountMinor"), 0)')} AS "found"
    FROM "Payment" p LEFT JOIN "Tender" t ON t."paymentId" = p."id"
    GROUP BY p."id", p."amountMinor" HAVING coalesce(sum(t."amountMinor"), 0) <> p."amountMinor" ORDER BY p."id"`,
  'lines add up to their tender': `
    SELECT t."id" AS "subject", ${text('t."amountMinor"')} AS "expected", ${text('coalesce(sum(l."amountMinor"), 0)')} AS "found"
    FROM "Tender" t LEFT JOIN "TenderLine" l ON l."tenderId" = t."id"
    GROUP BY t."id", t."amountMinor", t."refundedMinor"
    HAVING coalesce(sum(l."amountMinor"), 0) <> t."amountMinor" OR coalesce(sum(l."refundedMinor"), 0) <> t."refundedMinor" ORDER BY t."id"`,
  'refunds add up to their payment': `
    SELECT p."id" AS "subject", ${text('p."refundedMinor"')} AS "expected", ${text('coalesce(sum(r."amountMinor"), 0)')} AS "found"
    FROM "Payment" p LEFT JOIN "Refund" f ON f."paymentId" = p."id"
    LEFT JOIN "RefundPart" r ON r."refundId" = f."id" AND r."state" <> 'FAILED'
    GROUP BY p."id", p."refundedMinor" HAVING coalesce(sum(r."amountMinor"), 0) <> p."refundedMinor" ORDER BY p."id"`,
  'captures equal what each tender paid': `
    SELECT w."payment" || ' ' || w."account" AS "subject", ${text('w."amount"')} AS "expected", ${text('coalesce(m."amount", 0)')} AS "found"
    FROM (${TENDERED}) w LEFT JOIN (${moved('"debitAccountId"', '201, 202')}) m
      ON m."payment" = w."payment" AND m."account" = w."account"
    WHERE coalesce(m."amount", 0) <> w."amount" ORDER BY w."payment", w."account"`,
  'captures come from the tenders alone': `
    SELECT m."payment" || ' ' || m."account" AS "subject", 'a tender' AS "expected", 'none' AS "found"
    FROM (${moved('"debitAccountId"', '201, 202')}) m JOIN "Payment" p ON p."id" = m."payment"
    LEFT JOIN (${TENDERED}) w ON w."payment" = m."payment" AND w."account" = m."account"
    WHERE w."payment" IS NULL AND p."state" IN ${PAID} ORDER BY m."payment", m."account"`,
  'captures credit the merchants of the lines': differing(
    `SELECT p."id" AS "payment", r."accountId" AS "account", sum(l."amountMinor") AS "amount"
      FROM "TenderLine" l JOIN "Tender" t ON t."id" = l."tenderId" JOIN "Payment" p ON p."id" = t."paymentId"
      JOIN "OrderLine" o ON o."id" = l."orderLineId" JOIN "Merchant" r ON r."id" = o."merchantId"
      WHERE p."state" IN ${PAID} GROUP BY p."id", r."accountId"`,
    moved('"creditAccountId"', '201, 202'),
  ),
  'only paid payments have captures': `
    SELECT p."id" AS "subject", 'no capture' AS "expected", x."id" AS "found"
    FROM "Payment" p JOIN "Transfer" x ON x."reference" = p."id" AND x."code" IN (201, 202) AND x."kind" IN ('posted', 'post_pending')
    WHERE p."state" NOT IN ${PAID} ORDER BY p."id"`,
  'refunds reach the tenders that paid': differing(REFUNDED, moved('"creditAccountId"', '301, 302')),
  'open refunds hold what they send back': differing(
    `SELECT f."paymentId" AS "payment", 'refunding' AS "account", sum(r."amountMinor") AS "amount" FROM "RefundPart" r
      JOIN "Refund" f ON f."id" = r."refundId" WHERE r."state" = 'PENDING' GROUP BY f."paymentId"`,
    `SELECT x."reference" AS "payment", 'refunding' AS "account", sum(x."amount") AS "amount" FROM "Transfer" x
      LEFT JOIN "Transfer" e ON e."pendingId" = x."id"
      WHERE x."kind" = 'pending' AND x."code" = 302 AND e."id" IS NULL GROUP BY x."reference"`,
  ),
  'late money is booked and goes back': `
    SELECT p."id" AS "subject", p."state" AS "expected",
      ${text('coalesce(i."amount", 0)')} || ' in, ' || ${text('coalesce(o."amount", 0)')} || ' out' AS "found"
    FROM "Payment" p
    LEFT JOIN (${moved('"debitAccountId"', '311')}) i ON i."payment" = p."id"
    LEFT JOIN (${moved('"creditAccountId"', '312')}) o ON o."payment" = p."id"
    WHERE coalesce(i."amount", 0) <> CASE WHEN p."state" IN ('LATE_PAID', 'EXTERNAL_REFUNDED') THEN p."externalMinor" ELSE 0 END
      OR coalesce(o."amount", 0) <> CASE WHEN p."state" = 'EXTERNAL_REFUNDED' THEN p."externalMinor" ELSE 0 END ORDER BY p."id"`,
  'holds belong to open payments': `
    SELECT x."id" AS "subject", 'an open payment' AS "expected", coalesce(p."state", 'none') AS "found"
    FROM "Transfer" x LEFT JOIN "Transfer" e ON e."pendingId" = x."id" LEFT JOIN "Payment" p ON p."id" = x."reference"
    WHERE x."kind" = 'pending' AND x."code" = 201 AND e."id" IS NULL AND (p."id" IS NULL OR p."state" NOT IN ${OPEN}) ORDER BY x."id"`,
  'open payments hold what their cards pay': `
    SELECT p."id" AS "subject", ${text('p."cardMinor"')} AS "expected", ${text('coalesce(sum(x."amount"), 0)')} AS "found"
    FROM "Payment" p LEFT JOIN "Transfer" x ON x."reference" = p."id" AND x."kind" = 'pending' AND x."code" = 201
      AND NOT EXISTS (SELECT 1 FROM "Transfer" e WHERE e."pendingId" = x."id")
    WHERE p."state" IN ${OPEN}
    GROUP BY p."id", p."cardMinor" HAVING coalesce(sum(x."amount"), 0) <> p."cardMinor" ORDER BY p."id"`,
  'orders stand where their payments stand': `
    SELECT o."id" AS "subject", o."state" AS "expected", coalesce(p."state", 'none') AS "found"
    FROM "Order" o LEFT JOIN "Payment" p ON p."orderId" = o."id" AND p."state" IN ${ALIVE}
    WHERE CASE WHEN p."state" IN ${OPEN} THEN 'paying' WHEN p."state" = 'PAID' THEN 'paid'
        WHEN p."state" = 'PARTIALLY_REFUNDED' THEN 'partially_refunded' WHEN p."state" = 'REFUNDED' THEN 'refunded'
        WHEN o."state" = 'cancelled' THEN 'cancelled' ELSE 'open' END <> o."state" ORDER BY o."id"`,
};
