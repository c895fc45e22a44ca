ALTER TABLE "CardPurchase" ADD COLUMN "withdrawnCards" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "purchase_withdrawn_cards" CHECK ("withdrawnCards" BETWEEN 0 AND "quantity");

CREATE TABLE "Withdrawal" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "purchaseId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "cards" INTEGER NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "refundKey" TEXT NOT NULL,
    "refusals" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    "returnedAt" DATETIME,
    CONSTRAINT "Withdrawal_purchaseId_fkey" FOREIGN KEY ("purchaseId") REFERENCES "CardPurchase" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "withdrawal_positive" CHECK ("cards" > 0 AND "amountMinor" > 0),
    CONSTRAINT "withdrawal_state" CHECK ("state" IN ('returning', 'returned'))
);

CREATE UNIQUE INDEX "Withdrawal_refundKey_key" ON "Withdrawal"("refundKey");
CREATE INDEX "Withdrawal_purchaseId_idx" ON "Withdrawal"("purchaseId");
CREATE INDEX "Withdrawal_state_createdAt_idx" ON "Withdrawal"("state", "createdAt");

-- What was handed back so far was handed back whole.
UPDATE "CardPurchase" SET "withdrawnCards" = "quantity" WHERE "state" IN ('withdrawing', 'withdrawn');
INSERT INTO "Withdrawal" ("id", "purchaseId", "state", "cards", "amountMinor", "refundKey", "refusals", "createdAt", "returnedAt")
SELECT 'wdr_' || substr(p."id", 5), p."id",
       CASE p."state" WHEN 'withdrawn' THEN 'returned' ELSE 'returning' END,
       p."quantity", p."unitMinor" * p."quantity", 'withdrawal:' || p."id",
       (SELECT CASE WHEN COUNT(*) > 1 THEN COUNT(*) - 1 ELSE 0 END
        FROM "Refund" r JOIN "Payment" y ON y."id" = r."paymentId" WHERE y."orderId" = p."orderId"),
       COALESCE(p."withdrawnAt", p."issuedAt", p."createdAt"), p."withdrawnAt"
FROM "CardPurchase" p WHERE p."state" IN ('withdrawing', 'withdrawn');
