-- Two workers that have the same message do not both send it.
ALTER TABLE "Delivery" ADD COLUMN "leasedUntil" TIMESTAMP(3);
