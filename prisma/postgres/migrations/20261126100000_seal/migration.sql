-- CreateTable
CREATE TABLE "LedgerSeal" (
    "number" BIGINT NOT NULL,
    "through" BIGINT NOT NULL,
    "transferIds" TEXT NOT NULL,
    "marks" BYTEA NOT NULL,
    "chain" BYTEA NOT NULL,
    "newestAt" TIMESTAMP(3) NOT NULL,
    "position" TEXT NOT NULL,
    "sealedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "LedgerSeal_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "LedgerSeal_newestAt_idx" ON "LedgerSeal"("newestAt");

-- What is sealed stays sealed.
CREATE TRIGGER "LedgerSeal_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "LedgerSeal"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- The sequencer reads what is new by time. A block-range index costs a payment nothing: it holds one line per 128
-- pages, and the lines are written by autovacuum, not by the insert.
CREATE INDEX "Transfer_createdAt_brin" ON "Transfer" USING brin ("createdAt") WITH (autosummarize = on);
