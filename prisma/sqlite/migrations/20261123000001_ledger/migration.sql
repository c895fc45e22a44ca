-- One live payment of an order at a time.
CREATE UNIQUE INDEX "Payment_one_alive" ON "Payment" ("orderId")
  WHERE "state" IN ('OPEN', 'HELD', 'EXTERNAL_PENDING', 'CANCELLING', 'PAID', 'PARTIALLY_REFUNDED', 'REFUNDED');

-- What is posted stays: a mistake is mended by a new transfer.
CREATE TRIGGER "Transfer_no_update" BEFORE UPDATE ON "Transfer" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of Transfer is refused'); END;
CREATE TRIGGER "Transfer_no_delete" BEFORE DELETE ON "Transfer" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of Transfer is refused'); END;
CREATE TRIGGER "Entry_no_update" BEFORE UPDATE ON "Entry" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of Entry is refused'); END;
CREATE TRIGGER "Entry_no_delete" BEFORE DELETE ON "Entry" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of Entry is refused'); END;
CREATE TRIGGER "Account_not_deleted" BEFORE DELETE ON "Account" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of Account is refused'); END;
CREATE TRIGGER "Account_identity" BEFORE UPDATE OF "id", "code", "currency", "limited" ON "Account"
BEGIN SELECT RAISE(ABORT, 'ledger: an account keeps its identity'); END;
CREATE TRIGGER "Account_opens_empty" BEFORE INSERT ON "Account"
  WHEN NEW."debitsPending" <> 0 OR NEW."debitsPosted" <> 0 OR NEW."creditsPending" <> 0 OR NEW."creditsPosted" <> 0 OR NEW."entryCount" <> 0
BEGIN SELECT RAISE(ABORT, 'ledger: an account opens empty'); END;
-- `INSERT OR REPLACE` deletes without firing the delete trigger, so an existing id is refused here.
CREATE TRIGGER "Transfer_no_replace" BEFORE INSERT ON "Transfer" WHEN EXISTS (SELECT 1 FROM "Transfer" WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'ledger: transfer id exists'); END;
CREATE TRIGGER "Account_no_replace" BEFORE INSERT ON "Account" WHEN EXISTS (SELECT 1 FROM "Account" WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'ledger: account id exists'); END;
CREATE TRIGGER "Entry_no_replace" BEFORE INSERT ON "Entry"
  WHEN EXISTS (SELECT 1 FROM "Entry" WHERE "accountId" = NEW."accountId" AND "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'ledger: entry exists'); END;

-- The only writer of balances and entries: whatever way a transfer comes in, its accounts move with it.
CREATE TRIGGER "Transfer_posts" AFTER INSERT ON "Transfer"
BEGIN
  SELECT RAISE(ABORT, 'ledger: transfer does not fit its accounts or its hold')
  WHERE NOT EXISTS (
      SELECT 1 FROM "Account" d JOIN "Account" c ON c."id" = NEW."creditAccountId"
      WHERE d."id" = NEW."debitAccountId" AND d."currency" = c."currency")
    OR (NEW."pendingId" IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM "Transfer" p WHERE p."id" = NEW."pendingId" AND p."kind" = 'pending'
        AND p."debitAccountId" = NEW."debitAccountId" AND p."creditAccountId" = NEW."creditAccountId" AND p."code" = NEW."code"
        AND (NEW."amount" = p."amount" OR (NEW."kind" = 'post_pending' AND NEW."amount" < p."amount"))));

  UPDATE "Account" SET
    "debitsPending" = "debitsPending" + CASE NEW."kind" WHEN 'pending' THEN NEW."amount" WHEN 'posted' THEN 0
      ELSE -(SELECT p."amount" FROM "Transfer" p WHERE p."id" = NEW."pendingId") END,
    "debitsPosted" = "debitsPosted" + CASE WHEN NEW."kind" IN ('posted', 'post_pending') THEN NEW."amount" ELSE 0 END,
    "entryCount" = "entryCount" + ("limited" AND NEW."kind" IN ('posted', 'post_pending'))
  WHERE "id" = NEW."debitAccountId";

  UPDATE "Account" SET
    "creditsPending" = "creditsPending" + CASE NEW."kind" WHEN 'pending' THEN NEW."amount" WHEN 'posted' THEN 0
      ELSE -(SELECT p."amount" FROM "Transfer" p WHERE p."id" = NEW."pendingId") END,
    "creditsPosted" = "creditsPosted" + CASE WHEN NEW."kind" IN ('posted', 'post_pending') THEN NEW."amount" ELSE 0 END,
    "entryCount" = "entryCount" + ("limited" AND NEW."kind" IN ('posted', 'post_pending'))
  WHERE "id" = NEW."creditAccountId";

  INSERT INTO "Entry" ("accountId", "number", "transferId", "amount", "balanceAfter", "createdAt")
  SELECT a."id", a."entryCount", NEW."id",
    CASE WHEN a."id" = NEW."debitAccountId" THEN -NEW."amount" ELSE NEW."amount" END,
    a."creditsPosted" - a."debitsPosted", NEW."createdAt"
  FROM "Account" a
  WHERE a."limited" AND NEW."kind" IN ('posted', 'post_pending') AND a."id" IN (NEW."debitAccountId", NEW."creditAccountId");
END;
