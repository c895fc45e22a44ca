-- No query reads it.
DROP INDEX "Payment_userId_createdAt_idx";
