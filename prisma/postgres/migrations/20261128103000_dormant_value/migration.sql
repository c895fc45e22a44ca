-- What of a card's value lies in the dormant account, kept by the database itself from the transfers: nothing is revived
-- or let lapse that is not there, and whoever guards a card's row sees that value came or went.
ALTER TABLE "Card" ADD COLUMN "dormantMinor" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "Card" ADD CONSTRAINT "card_dormant_value" CHECK ("dormantMinor" >= 0);
-- Whose freeze it is: a holder may undo the own one and no other.
ALTER TABLE "Card" ADD COLUMN "frozenBy" TEXT;
ALTER TABLE "Card" ADD CONSTRAINT "card_frozen_by" CHECK ("frozenBy" IN ('holder', 'issuer'));
UPDATE "Card" SET "frozenBy" = 'issuer' WHERE "state" = 'frozen';
ALTER TABLE "Programme" ADD COLUMN "lapseAfterDays" INTEGER;
ALTER TABLE "Programme" ADD CONSTRAINT "programme_lapse" CHECK ("lapseAfterDays" IS NULL OR ("lapseAfterDays" >= 0 AND "kind" = 'promotional'));
CREATE INDEX "Card_dormant_idx" ON "Card" ("id") WHERE "dormantMinor" > 0;

CREATE FUNCTION card_dormant_value() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."code" = 401 THEN
    UPDATE "Card" SET "dormantMinor" = "dormantMinor" + NEW."amount" WHERE "accountId" = NEW."debitAccountId";
  ELSE
    -- It may live again on a successor: then the reference says whose it was.
    UPDATE "Card" SET "dormantMinor" = "dormantMinor" - NEW."amount" WHERE "id" = NEW."reference";
    IF NOT FOUND THEN
      UPDATE "Card" SET "dormantMinor" = "dormantMinor" - NEW."amount" WHERE "accountId" = NEW."creditAccountId";
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "Transfer_dormant" AFTER INSERT ON "Transfer" FOR EACH ROW
WHEN (NEW."code" IN (401, 402, 403) AND NEW."kind" IN ('posted', 'post_pending'))
EXECUTE FUNCTION card_dormant_value();
