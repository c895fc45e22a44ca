import type { Database } from '@/lib/database';
import type { Difference } from '@/lib/ledger';
import { HOLD_GRACE_MS } from './model';

/**
 * Checks that payments and the ledger tell the same story: tenders equal their transfers, refunds equal theirs, every
 * hold belongs to a living payment, and no payment has been left alone. Complements `audit` of the ledger.
 */
export async function auditPayments(client: Database, now: Date, limit = 20): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const [check, sql] of Object.entries(CHECKS)) {
    const rows = await client.$queryRawUnsafe<Omit<Difference, 'check'>[]>(`${sql} LIMIT ${limit}`);
    for (const row of rows) differences.push({ check, ...row });
  }
  const overdue = await client.payment.findMany({
    where: {
      state: { in: ['HELD', 'EXTERNAL_PENDING', 'CANCELLING', 'LATE_PAID'] },
      createdAt: { lt: new Date(now.getTime() - 2 * HOLD_GRACE_MS) },
    },
    select: { id: true, state: true },
    take: limit,
  });
  for (const { id, state } of overdue) {
    differences.push({ check: 'payments end', subject: id, expected: 'an end', found: state });
  }
  return differences;
}

const text = (expression: string) => `CAST(${expression} AS TEXT)`;
const PAID = `('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')`;
const OPEN = `('HELD', 'EXTERNAL_PENDING', 'CANCELLING')`;

const CHECKS: Record<string, string> = {
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
  'captures equal what was paid': `
    SELECT p."id" AS "subject", ${text('p."amountMinor"')} AS "expected", ${text('coalesce(sum(x."amount"), 0)')} AS "found"
    FROM "Payment" p LEFT JOIN "Transfer" x ON x."reference" = p."id" AND x."code" IN (201, 202) AND x."kind" IN ('posted', 'post_pending')
    WHERE p."state" IN ${PAID}
    GROUP BY p."id", p."amountMinor" HAVING coalesce(sum(x."amount"), 0) <> p."amountMinor" ORDER BY p."id"`,
  'only paid payments have captures': `
    SELECT p."id" AS "subject", 'no capture' AS "expected", x."id" AS "found"
    FROM "Payment" p JOIN "Transfer" x ON x."reference" = p."id" AND x."code" IN (201, 202) AND x."kind" IN ('posted', 'post_pending')
    WHERE p."state" NOT IN ${PAID} ORDER BY p."id"`,
  'refund transfers equal the refunds': `
    SELECT p."id" AS "subject", ${text('coalesce(w."amount", 0)')} AS "expected", ${text('coalesce(m."amount", 0)')} AS "found"
    FROM "Payment" p
    LEFT JOIN (SELECT f."paymentId", sum(r."amountMinor") AS "amount" FROM "Refund" f JOIN "RefundPart" r ON r."refundId" = f."id"
      WHERE r."state" = 'SUCCEEDED' GROUP BY f."paymentId") w ON w."paymentId" = p."id"
    LEFT JOIN (SELECT x."reference", sum(x."amount") AS "amount" FROM "Transfer" x
      WHERE x."code" IN (301, 302) AND x."kind" IN ('posted', 'post_pending') GROUP BY x."reference") m ON m."reference" = p."id"
    WHERE coalesce(w."amount", 0) <> coalesce(m."amount", 0) ORDER BY p."id"`,
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
  'orders and payments agree': `
    SELECT o."id" AS "subject", o."state" AS "expected", coalesce(p."state", 'none') AS "found"
    FROM "Order" o LEFT JOIN "Payment" p ON p."orderId" = o."id" AND p."state" IN ${PAID}
    WHERE (o."state" IN ('paid', 'partially_refunded', 'refunded')) <> (p."id" IS NOT NULL) ORDER BY o."id"`,
};
