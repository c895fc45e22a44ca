-- Indexes that no query reads.
DROP INDEX "Transfer_debitAccountId_idx";
DROP INDEX "Transfer_creditAccountId_idx";
DROP INDEX "Transfer_kind_timeoutAt_idx";
DROP INDEX "Entry_transferId_idx";

-- What money refers to is kept, under the id it was given and with what it belongs to. So whatever was there once when
-- it was referred to is there for ever, and a reference has to be checked only when it is made.
CREATE TRIGGER "User_identity" BEFORE UPDATE OF "id" ON "User"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER "Card_kept" BEFORE DELETE OR TRUNCATE OR UPDATE OF "id" ON "Card"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER "Order_kept" BEFORE DELETE OR TRUNCATE OR UPDATE OF "id", "userId" ON "Order"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER "OrderLine_kept" BEFORE DELETE OR TRUNCATE OR UPDATE OF "id" ON "OrderLine"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER "Payment_kept" BEFORE DELETE OR TRUNCATE OR UPDATE OF "id", "orderId", "userId" ON "Payment"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER "Tender_kept" BEFORE DELETE OR TRUNCATE OR UPDATE OF "id", "paymentId", "cardId" ON "Tender"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER "TenderLine_kept" BEFORE DELETE OR TRUNCATE OR UPDATE OF "tenderId", "orderLineId" ON "TenderLine"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER "PaymentEvent_kept" BEFORE DELETE OR TRUNCATE OR UPDATE ON "PaymentEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER "Refund_kept" BEFORE DELETE OR TRUNCATE OR UPDATE OF "id", "paymentId" ON "Refund"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER "RefundPart_kept" BEFORE DELETE OR TRUNCATE OR UPDATE OF "id", "refundId", "tenderId" ON "RefundPart"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER "RefundLine_kept" BEFORE DELETE OR TRUNCATE OR UPDATE ON "RefundLine"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER "Account_identity" BEFORE UPDATE OF "id" ON "Account"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
-- A statement's lines come from transfers alone.
CREATE TRIGGER "Entry_by_transfer" BEFORE INSERT ON "Entry"
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION ledger_refuse_change();

-- A foreign key asks for each row apart, by a query and a lock on what it finds: half of the work of a payment. These
-- ask once for all rows of a statement, and need no lock because nothing they find can go away.
CREATE FUNCTION payment_refers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM inserted n
             LEFT JOIN "Order" o ON o."id" = n."orderId" AND o."userId" = n."userId" WHERE o."id" IS NULL) THEN
    RAISE EXCEPTION 'a payment is of an order of its user' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION tender_refers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM inserted n
             LEFT JOIN "Payment" p ON p."id" = n."paymentId" LEFT JOIN "Card" c ON c."id" = n."cardId"
             WHERE p."id" IS NULL OR n."cardId" IS NOT NULL AND c."id" IS NULL) THEN
    RAISE EXCEPTION 'a tender is of a payment and a card' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION tender_line_refers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM inserted n
             LEFT JOIN "Tender" t ON t."id" = n."tenderId" LEFT JOIN "OrderLine" l ON l."id" = n."orderLineId"
             WHERE t."id" IS NULL OR l."id" IS NULL) THEN
    RAISE EXCEPTION 'a tender line is of a tender and an order line' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION of_payment_refers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM inserted n LEFT JOIN "Payment" p ON p."id" = n."paymentId" WHERE p."id" IS NULL) THEN
    RAISE EXCEPTION 'a row of % is of a payment', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION refund_part_refers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM inserted n
             LEFT JOIN "Refund" r ON r."id" = n."refundId" LEFT JOIN "Tender" t ON t."id" = n."tenderId"
             WHERE r."id" IS NULL OR t."id" IS NULL) THEN
    RAISE EXCEPTION 'a refund part is of a refund and a tender' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION refund_line_refers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM inserted n
             LEFT JOIN "RefundPart" p ON p."id" = n."partId" LEFT JOIN "OrderLine" l ON l."id" = n."orderLineId"
             WHERE p."id" IS NULL OR l."id" IS NULL) THEN
    RAISE EXCEPTION 'a refund line is of a refund part and an order line' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "Payment_refers" AFTER INSERT ON "Payment" REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION payment_refers();
CREATE TRIGGER "Tender_refers" AFTER INSERT ON "Tender" REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION tender_refers();
CREATE TRIGGER "TenderLine_refers" AFTER INSERT ON "TenderLine" REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION tender_line_refers();
CREATE TRIGGER "PaymentEvent_refers" AFTER INSERT ON "PaymentEvent" REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION of_payment_refers();
CREATE TRIGGER "Refund_refers" AFTER INSERT ON "Refund" REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION of_payment_refers();
CREATE TRIGGER "RefundPart_refers" AFTER INSERT ON "RefundPart" REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION refund_part_refers();
CREATE TRIGGER "RefundLine_refers" AFTER INSERT ON "RefundLine" REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION refund_line_refers();

ALTER TABLE "Payment" DROP CONSTRAINT "Payment_orderId_fkey", DROP CONSTRAINT "Payment_userId_fkey";
ALTER TABLE "Tender" DROP CONSTRAINT "Tender_paymentId_fkey", DROP CONSTRAINT "Tender_cardId_fkey";
ALTER TABLE "TenderLine" DROP CONSTRAINT "TenderLine_tenderId_fkey", DROP CONSTRAINT "TenderLine_orderLineId_fkey";
ALTER TABLE "PaymentEvent" DROP CONSTRAINT "PaymentEvent_paymentId_fkey";
ALTER TABLE "Refund" DROP CONSTRAINT "Refund_paymentId_fkey";
ALTER TABLE "RefundPart" DROP CONSTRAINT "RefundPart_refundId_fkey", DROP CONSTRAINT "RefundPart_tenderId_fkey";
ALTER TABLE "RefundLine" DROP CONSTRAINT "RefundLine_partId_fkey", DROP CONSTRAINT "RefundLine_orderLineId_fkey";
-- The posting trigger below asks for the accounts and the hold.
ALTER TABLE "Transfer" DROP CONSTRAINT "Transfer_debitAccountId_fkey", DROP CONSTRAINT "Transfer_creditAccountId_fkey",
  DROP CONSTRAINT "Transfer_pendingId_fkey";
ALTER TABLE "Entry" DROP CONSTRAINT "Entry_accountId_fkey", DROP CONSTRAINT "Entry_transferId_fkey";

-- As before, but an account that is missing is found here, and accounts are written in the order of their ids.
CREATE OR REPLACE FUNCTION ledger_post_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM inserted t
    LEFT JOIN "Account" d ON d."id" = t."debitAccountId"
    LEFT JOIN "Account" c ON c."id" = t."creditAccountId"
    LEFT JOIN "Transfer" p ON p."id" = t."pendingId"
    WHERE d."id" IS NULL OR c."id" IS NULL OR d."currency" <> c."currency"
       OR (t."pendingId" IS NOT NULL AND (
            p."id" IS NULL OR p."kind" <> 'pending' OR p."debitAccountId" <> t."debitAccountId"
            OR p."creditAccountId" <> t."creditAccountId" OR p."code" <> t."code" OR t."amount" > p."amount"
            OR (t."kind" = 'void_pending' AND t."amount" <> p."amount")))
  ) THEN
    RAISE EXCEPTION 'ledger: transfer does not fit its accounts or its hold' USING ERRCODE = 'restrict_violation';
  END IF;

  UPDATE "Account" a SET
    "debitsPending"  = a."debitsPending"  + s."debitsPending",
    "debitsPosted"   = a."debitsPosted"   + s."debitsPosted",
    "creditsPending" = a."creditsPending" + s."creditsPending",
    "creditsPosted"  = a."creditsPosted"  + s."creditsPosted",
    "entryCount"     = a."entryCount" + CASE WHEN a."limited" THEN s."posted" ELSE 0 END
  FROM (
    SELECT e."account",
      coalesce(sum(e."held")   FILTER (WHERE e."side" = 'debit'), 0)  AS "debitsPending",
      coalesce(sum(e."moved")  FILTER (WHERE e."side" = 'debit'), 0)  AS "debitsPosted",
      coalesce(sum(e."held")   FILTER (WHERE e."side" = 'credit'), 0) AS "creditsPending",
      coalesce(sum(e."moved")  FILTER (WHERE e."side" = 'credit'), 0) AS "creditsPosted",
      count(*) FILTER (WHERE e."moved" > 0) AS "posted"
    FROM (
      SELECT v."account", v."side",
        CASE t."kind" WHEN 'pending' THEN t."amount" WHEN 'posted' THEN 0 ELSE -p."amount" END AS "held",
        CASE WHEN t."kind" IN ('posted', 'post_pending') THEN t."amount" ELSE 0 END AS "moved"
      FROM inserted t
      LEFT JOIN "Transfer" p ON p."id" = t."pendingId"
      CROSS JOIN LATERAL (VALUES (t."debitAccountId", 'debit'), (t."creditAccountId", 'credit')) AS v("account", "side")
    ) e
    GROUP BY e."account" ORDER BY e."account"
  ) s
  WHERE a."id" = s."account";

  INSERT INTO "Entry" ("accountId", "number", "transferId", "amount", "balanceAfter", "createdAt")
  SELECT m."account",
    a."entryCount" - count(*) OVER later + 1,
    m."id", m."amount",
    a."creditsPosted" - a."debitsPosted" - sum(m."amount") OVER later + m."amount",
    m."createdAt"
  FROM (
    SELECT t."debitAccountId" AS "account", t."id", -t."amount" AS "amount", t."createdAt"
    FROM inserted t WHERE t."kind" IN ('posted', 'post_pending')
    UNION ALL
    SELECT t."creditAccountId", t."id", t."amount", t."createdAt"
    FROM inserted t WHERE t."kind" IN ('posted', 'post_pending')
  ) m
  JOIN "Account" a ON a."id" = m."account" AND a."limited"
  WINDOW later AS (PARTITION BY m."account" ORDER BY m."amount" DESC, m."id" ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING);
  RETURN NULL;
END $$;

-- The plans of these triggers live as long as a connection, so nothing that first fires them may plan a scan.
ALTER FUNCTION commit_apart(jsonb) SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
  SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off;

-- Room on a row's page for its next version, so that a change that no index sees does not write the indexes again.
ALTER TABLE "Account" SET (fillfactor = 50);
ALTER TABLE "Order" SET (fillfactor = 80);
ALTER TABLE "Payment" SET (fillfactor = 80);
ALTER TABLE "Tender" SET (fillfactor = 70);
ALTER TABLE "TenderLine" SET (fillfactor = 80);
