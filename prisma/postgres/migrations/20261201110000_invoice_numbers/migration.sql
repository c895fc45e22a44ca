-- One that was noted as reversed by itself was not reversed: it waits for the number of the one that did.
UPDATE "Invoice" SET "reversalNumber" = NULL, "reversedAt" = NULL WHERE "reversalNumber" = "number";

ALTER TABLE "Invoice" ADD CONSTRAINT "invoice_issued" CHECK (("issuedAt" IS NULL OR "number" IS NOT NULL) AND ("state" <> 'issued' OR "issuedAt" IS NOT NULL));
ALTER TABLE "Invoice" ADD CONSTRAINT "invoice_reversed" CHECK (("reversalNumber" IS NULL) = ("reversedAt" IS NULL) AND ("reversalNumber" IS NULL OR ("state" = 'cancelled' AND "number" IS NOT NULL AND "reversalNumber" <> "number")));

CREATE INDEX "Invoice_number_idx" ON "Invoice"("number");
CREATE INDEX "Invoice_reversalNumber_idx" ON "Invoice"("reversalNumber");
CREATE INDEX "Invoice_issuedAt_idx" ON "Invoice"("issuedAt");
CREATE INDEX "Invoice_reversedAt_idx" ON "Invoice"("reversedAt");
