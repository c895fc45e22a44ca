-- What is known of an invoice fits together. SQLite adds a CHECK to a table only by making the table anew.
BEGIN;
CREATE TABLE "Invoice_new" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "purchaseId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "taxNumber" TEXT,
    "email" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "number" TEXT,
    "createdAt" DATETIME NOT NULL,
    "issuedAt" DATETIME,
    "reversalNumber" TEXT,
    "reversedAt" DATETIME,
    CONSTRAINT "Invoice_purchaseId_fkey" FOREIGN KEY ("purchaseId") REFERENCES "CardPurchase" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "invoice_state" CHECK ("state" IN ('requested', 'issued', 'cancelled') AND "amountMinor" > 0),
    CONSTRAINT "invoice_issued" CHECK (("issuedAt" IS NULL OR "number" IS NOT NULL) AND ("state" <> 'issued' OR "issuedAt" IS NOT NULL)),
    CONSTRAINT "invoice_reversed" CHECK (("reversalNumber" IS NULL) = ("reversedAt" IS NULL) AND ("reversalNumber" IS NULL OR ("state" = 'cancelled' AND "number" IS NOT NULL AND "reversalNumber" <> "number")))
);
-- One that was noted as reversed by itself was not reversed: it waits for the number of the one that did.
INSERT INTO "Invoice_new"
SELECT "id", "purchaseId", "kind", "title", "taxNumber", "email", "amountMinor", "state", "number", "createdAt", "issuedAt",
       nullif("reversalNumber", "number"),
       CASE WHEN "reversalNumber" = "number" THEN NULL ELSE "reversedAt" END
FROM "Invoice";
DROP TABLE "Invoice";
ALTER TABLE "Invoice_new" RENAME TO "Invoice";

CREATE UNIQUE INDEX "Invoice_purchaseId_key" ON "Invoice"("purchaseId");
CREATE INDEX "Invoice_state_createdAt_idx" ON "Invoice"("state", "createdAt");
CREATE INDEX "Invoice_number_idx" ON "Invoice"("number");
CREATE INDEX "Invoice_reversalNumber_idx" ON "Invoice"("reversalNumber");
CREATE INDEX "Invoice_issuedAt_idx" ON "Invoice"("issuedAt");
CREATE INDEX "Invoice_reversedAt_idx" ON "Invoice"("reversedAt");
COMMIT;
