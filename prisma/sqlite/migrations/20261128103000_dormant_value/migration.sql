-- What of a card's value lies in the dormant account, kept by the database itself from the transfers: nothing is revived
-- or let lapse that is not there, and whoever guards a card's row sees that value came or went.
ALTER TABLE "Card" ADD COLUMN "dormantMinor" BIGINT NOT NULL DEFAULT 0 CHECK ("dormantMinor" >= 0);
-- Whose freeze it is: a holder may undo the own one and no other.
ALTER TABLE "Card" ADD COLUMN "frozenBy" TEXT CHECK ("frozenBy" IN ('holder', 'issuer'));
UPDATE "Card" SET "frozenBy" = 'issuer' WHERE "state" = 'frozen';
ALTER TABLE "Programme" ADD COLUMN "lapseAfterDays" INTEGER CHECK ("lapseAfterDays" IS NULL OR ("lapseAfterDays" >= 0 AND "kind" = 'promotional'));
CREATE INDEX "Card_dormant_idx" ON "Card" ("id") WHERE "dormantMinor" > 0;

CREATE TRIGGER "Transfer_dormant" AFTER INSERT ON "Transfer"
  WHEN NEW."code" IN (401, 402, 403) AND NEW."kind" IN ('posted', 'post_pending')
BEGIN
  UPDATE "Card" SET "dormantMinor" = "dormantMinor" + NEW."amount"
  WHERE NEW."code" = 401 AND "accountId" = NEW."debitAccountId";
  -- It may live again on a successor: then the reference says whose it was.
  UPDATE "Card" SET "dormantMinor" = "dormantMinor" - NEW."amount"
  WHERE NEW."code" <> 401 AND "id" = coalesce(
    (SELECT "id" FROM "Card" WHERE "id" = NEW."reference"),
    (SELECT "id" FROM "Card" WHERE "accountId" = NEW."creditAccountId"));
END;
