-- CreateTable
CREATE TABLE "LedgerSeal" (
    "number" BIGINT NOT NULL PRIMARY KEY,
    "through" BIGINT NOT NULL,
    "transferIds" TEXT NOT NULL,
    "marks" BLOB NOT NULL,
    "chain" BLOB NOT NULL,
    "newestAt" DATETIME NOT NULL,
    "position" TEXT NOT NULL,
    "sealedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "LedgerSeal_newestAt_idx" ON "LedgerSeal"("newestAt");

-- What is sealed stays sealed.
CREATE TRIGGER "LedgerSeal_no_update" BEFORE UPDATE ON "LedgerSeal" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of LedgerSeal is refused'); END;
CREATE TRIGGER "LedgerSeal_no_delete" BEFORE DELETE ON "LedgerSeal" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of LedgerSeal is refused'); END;
CREATE TRIGGER "LedgerSeal_no_replace" BEFORE INSERT ON "LedgerSeal" WHEN EXISTS (SELECT 1 FROM "LedgerSeal" WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: LedgerSeal.number'); END;
