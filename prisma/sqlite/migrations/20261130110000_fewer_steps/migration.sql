-- A holder's payments are found by the holder's orders.
DROP INDEX "Payment_userId_createdAt_idx";
