-- An invoice that was issued and cancelled waits to be reversed (红冲) until it says by which other one it was.
ALTER TABLE "Invoice" ADD COLUMN "reversalNumber" TEXT,
ADD COLUMN "reversedAt" TIMESTAMP(3);
