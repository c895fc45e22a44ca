-- Units that arrived together are written by one statement per table, with plans that are cached: `commit_together`.
-- It writes only units that are clean beside each other; the rest is judged one by one by `commit_apart`.

-- A row that must be as it was read (left out: not asked), and what becomes of it. `sets` names the columns to write,
-- NULL for a row that is only looked at.
CREATE TYPE unit_change AS (
  "unit" integer, "id" text, "line" text,
  "states" text[], "owner" text, "refunded" bigint,
  "sets" text[], "state" text, "refundedMinor" bigint, "settledAt" timestamp(3), "paidAt" timestamp(3),
  "checkAt" timestamp(3), "checks" integer, "gatewayReference" text
);

-- Commits the units that fit together and answers the numbers of those left out, which have changed nothing.
-- The caller puts no two units together of which one writes a row that the other writes or looks at, nor two of one key.
-- Left out is what may have to be refused: a key that exists, a row that is not as expected, funds that are missing or
-- that earlier units of the list took. Why, and whether it is a refusal at all, is for commit_apart to say. What is rarer
-- (a transfer that exists, a hold that ended, a unique index) raises, and then nothing of the list is written.
-- `…_of` says which unit a row belongs to, `writes_of` whose each change is that writes. Rows are locked table by table in the order of the arguments, by id, then
-- limited accounts by id, of all units at once: two lists of units cannot wait for each other. Accounts without a limit
-- are hot (a merchant's is in many lists), so the posting trigger takes them last, by id, as near to the commit as can be.
CREATE FUNCTION commit_together(
  keys "IdempotencyKey"[], keys_of integer[],
  payment_changes unit_change[], order_changes unit_change[], tender_changes unit_change[], line_changes unit_change[],
  refund_changes unit_change[], part_changes unit_change[], card_checks unit_change[],
  payments "Payment"[], payments_of integer[], tenders "Tender"[], tenders_of integer[],
  lines "TenderLine"[], lines_of integer[], refunds "Refund"[], refunds_of integer[],
  parts "RefundPart"[], parts_of integer[], refund_lines "RefundLine"[], refund_lines_of integer[],
  events "PaymentEvent"[], events_of integer[], messages "OutboxMessage"[], messages_of integer[],
  moves "Transfer"[], moves_of integer[], writes_of integer[]
) RETURNS integer[] LANGUAGE plpgsql
-- A plan made while the tables were small must not be a scan when they have grown. (Nor an EXISTS below an OR: that
-- becomes a hash of the whole table.)
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  rest integer[] := '{}';
  written integer := 0;
  done integer;
BEGIN
  IF cardinality(keys) > 0 THEN
    rest := rest || ARRAY(
      SELECT k."unit" FROM ROWS FROM (unnest(keys_of), unnest(keys)) AS k("unit")
      JOIN "IdempotencyKey" i ON i."scope" = k."scope" AND i."key" = k."key");
  END IF;

  IF cardinality(payment_changes) > 0 THEN
    rest := rest || ARRAY(
      WITH t AS MATERIALIZED (SELECT t."id", t."state", t."refundedMinor" FROM "Payment" t
                              WHERE t."id" = ANY (ARRAY(SELECT c."id" FROM unnest(payment_changes) c)) ORDER BY t."id" FOR NO KEY UPDATE)
      SELECT c."unit" FROM unnest(payment_changes) c LEFT JOIN t ON t."id" = c."id"
      WHERE t."id" IS NULL OR c."states" IS NOT NULL AND t."state" <> ALL (c."states") OR t."refundedMinor" <> c."refunded");
  END IF;
  IF cardinality(order_changes) > 0 THEN
    rest := rest || ARRAY(
      WITH t AS MATERIALIZED (SELECT t."id", t."state", t."userId" FROM "Order" t
                              WHERE t."id" = ANY (ARRAY(SELECT c."id" FROM unnest(order_changes) c)) ORDER BY t."id" FOR NO KEY UPDATE)
      SELECT c."unit" FROM unnest(order_changes) c LEFT JOIN t ON t."id" = c."id"
      WHERE t."id" IS NULL OR c."states" IS NOT NULL AND t."state" <> ALL (c."states") OR t."userId" <> c."owner");
  END IF;
  IF cardinality(tender_changes) > 0 THEN
    rest := rest || ARRAY(
      WITH t AS MATERIALIZED (SELECT t."id", t."state", t."refundedMinor" FROM "Tender" t
                              WHERE t."id" = ANY (ARRAY(SELECT c."id" FROM unnest(tender_changes) c)) ORDER BY t."id" FOR NO KEY UPDATE)
      SELECT c."unit" FROM unnest(tender_changes) c LEFT JOIN t ON t."id" = c."id"
      WHERE t."id" IS NULL OR c."states" IS NOT NULL AND t."state" <> ALL (c."states") OR t."refundedMinor" <> c."refunded");
  END IF;
  IF cardinality(line_changes) > 0 THEN
    rest := rest || ARRAY(
      WITH t AS MATERIALIZED (SELECT t."tenderId", t."orderLineId", t."refundedMinor" FROM "TenderLine" t
                              WHERE (t."tenderId", t."orderLineId") IN (SELECT c."id", c."line" FROM unnest(line_changes) c)
                              ORDER BY t."tenderId", t."orderLineId" FOR NO KEY UPDATE)
      SELECT c."unit" FROM unnest(line_changes) c LEFT JOIN t ON t."tenderId" = c."id" AND t."orderLineId" = c."line"
      WHERE t."tenderId" IS NULL OR t."refundedMinor" <> c."refunded");
  END IF;
  IF cardinality(refund_changes) > 0 THEN
    rest := rest || ARRAY(
      WITH t AS MATERIALIZED (SELECT t."id", t."state" FROM "Refund" t
                              WHERE t."id" = ANY (ARRAY(SELECT c."id" FROM unnest(refund_changes) c)) ORDER BY t."id" FOR NO KEY UPDATE)
      SELECT c."unit" FROM unnest(refund_changes) c LEFT JOIN t ON t."id" = c."id"
      WHERE t."id" IS NULL OR c."states" IS NOT NULL AND t."state" <> ALL (c."states"));
  END IF;
  IF cardinality(part_changes) > 0 THEN
    rest := rest || ARRAY(
      WITH t AS MATERIALIZED (SELECT t."id", t."state" FROM "RefundPart" t
                              WHERE t."id" = ANY (ARRAY(SELECT c."id" FROM unnest(part_changes) c)) ORDER BY t."id" FOR NO KEY UPDATE)
      SELECT c."unit" FROM unnest(part_changes) c LEFT JOIN t ON t."id" = c."id"
      WHERE t."id" IS NULL OR c."states" IS NOT NULL AND t."state" <> ALL (c."states"));
  END IF;
  IF cardinality(card_checks) > 0 THEN
    rest := rest || ARRAY(
      WITH t AS MATERIALIZED (SELECT t."id", t."state", t."holderId" FROM "Card" t
                              WHERE t."id" = ANY (ARRAY(SELECT c."id" FROM unnest(card_checks) c)) ORDER BY t."id" FOR NO KEY UPDATE)
      SELECT c."unit" FROM unnest(card_checks) c LEFT JOIN t ON t."id" = c."id"
      WHERE t."id" IS NULL OR c."states" IS NOT NULL AND t."state" <> ALL (c."states")
        OR c."owner" IS NOT NULL AND t."holderId" IS DISTINCT FROM c."owner");
  END IF;

  IF cardinality(moves) > 0 THEN
    IF EXISTS (SELECT 1 FROM unnest(moves) m WHERE m."pendingId" IS NOT NULL) THEN
      -- A transfer that ends a hold takes from it what it does not say itself.
      SELECT array_agg((m."id", coalesce(p."debitAccountId", m."debitAccountId"), coalesce(p."creditAccountId", m."creditAccountId"),
          coalesce(m."amount", p."amount"), coalesce(p."code", m."code"), m."kind", m."pendingId", m."timeoutAt",
          m."reference", m."createdAt")::"Transfer" ORDER BY m."nth") INTO moves
      FROM unnest(moves) WITH ORDINALITY AS m("id", "debitAccountId", "creditAccountId", "amount", "code", "kind",
        "pendingId", "timeoutAt", "reference", "createdAt", "nth")
      LEFT JOIN "Transfer" p ON p."id" = m."pendingId";
    END IF;

    PERFORM 1 FROM "Account" a
    WHERE a."id" IN (SELECT m."debitAccountId" FROM unnest(moves) m UNION SELECT m."creditAccountId" FROM unnest(moves) m)
      AND a."limited"
    ORDER BY a."id" FOR NO KEY UPDATE;

    -- Funds: what units before took is gone, what any unit brings or gives back is not there yet. Everything else that
    -- can be wrong with a transfer the posting trigger and the unique indexes find.
    rest := rest || ARRAY(
      SELECT n."unit"
      FROM (SELECT m."unit", m."debitAccountId" AS "account", sum(sum(m."amount")) OVER (PARTITION BY m."debitAccountId" ORDER BY m."unit") AS "total"
            FROM ROWS FROM (unnest(moves_of), unnest(moves)) AS m("unit")
            WHERE m."kind" IN ('pending', 'posted') GROUP BY m."unit", m."debitAccountId") n
      JOIN "Account" a ON a."id" = n."account"
      WHERE a."limited" AND n."total" > a."creditsPosted" - a."debitsPosted" - a."debitsPending");
  END IF;

  IF cardinality(rest) > 0 THEN
    keys := ARRAY(SELECT keys[i] FROM generate_subscripts(keys, 1) i WHERE keys_of[i] <> ALL (rest));
    payments := ARRAY(SELECT payments[i] FROM generate_subscripts(payments, 1) i WHERE payments_of[i] <> ALL (rest));
    tenders := ARRAY(SELECT tenders[i] FROM generate_subscripts(tenders, 1) i WHERE tenders_of[i] <> ALL (rest));
    lines := ARRAY(SELECT lines[i] FROM generate_subscripts(lines, 1) i WHERE lines_of[i] <> ALL (rest));
    refunds := ARRAY(SELECT refunds[i] FROM generate_subscripts(refunds, 1) i WHERE refunds_of[i] <> ALL (rest));
    parts := ARRAY(SELECT parts[i] FROM generate_subscripts(parts, 1) i WHERE parts_of[i] <> ALL (rest));
    refund_lines := ARRAY(SELECT refund_lines[i] FROM generate_subscripts(refund_lines, 1) i WHERE refund_lines_of[i] <> ALL (rest));
    events := ARRAY(SELECT events[i] FROM generate_subscripts(events, 1) i WHERE events_of[i] <> ALL (rest));
    messages := ARRAY(SELECT messages[i] FROM generate_subscripts(messages, 1) i WHERE messages_of[i] <> ALL (rest));
    moves := ARRAY(SELECT moves[i] FROM generate_subscripts(moves, 1) i WHERE moves_of[i] <> ALL (rest));
  END IF;

  IF cardinality(keys) > 0 THEN INSERT INTO "IdempotencyKey" SELECT r.* FROM unnest(keys) r; END IF;
  IF cardinality(payments) > 0 THEN INSERT INTO "Payment" SELECT r.* FROM unnest(payments) r; END IF;
  IF cardinality(tenders) > 0 THEN INSERT INTO "Tender" SELECT r.* FROM unnest(tenders) r; END IF;
  IF cardinality(lines) > 0 THEN INSERT INTO "TenderLine" SELECT r.* FROM unnest(lines) r; END IF;
  IF cardinality(refunds) > 0 THEN INSERT INTO "Refund" SELECT r.* FROM unnest(refunds) r; END IF;
  IF cardinality(parts) > 0 THEN INSERT INTO "RefundPart" SELECT r.* FROM unnest(parts) r; END IF;
  IF cardinality(refund_lines) > 0 THEN INSERT INTO "RefundLine" SELECT r.* FROM unnest(refund_lines) r; END IF;
  IF cardinality(events) > 0 THEN INSERT INTO "PaymentEvent" SELECT r.* FROM unnest(events) r; END IF;
  IF cardinality(messages) > 0 THEN INSERT INTO "OutboxMessage" SELECT r.* FROM unnest(messages) r; END IF;

  IF cardinality(payment_changes) > 0 THEN
    UPDATE "Payment" t SET
      "state" = coalesce(c."state", t."state"),
      "refundedMinor" = coalesce(c."refundedMinor", t."refundedMinor"),
      "settledAt" = CASE WHEN 'settledAt' = ANY (c."sets") THEN c."settledAt" ELSE t."settledAt" END,
      "checkAt" = CASE WHEN 'checkAt' = ANY (c."sets") THEN c."checkAt" ELSE t."checkAt" END,
      "checks" = coalesce(c."checks", t."checks")
    FROM unnest(payment_changes) c
    WHERE t."id" = c."id" AND c."sets" IS NOT NULL AND c."unit" <> ALL (rest);
    GET DIAGNOSTICS done = ROW_COUNT;
    written := written + done;
  END IF;
  IF cardinality(order_changes) > 0 THEN
    UPDATE "Order" t SET
      "state" = coalesce(c."state", t."state"),
      "paidAt" = CASE WHEN 'paidAt' = ANY (c."sets") THEN c."paidAt" ELSE t."paidAt" END
    FROM unnest(order_changes) c
    WHERE t."id" = c."id" AND c."sets" IS NOT NULL AND c."unit" <> ALL (rest);
    GET DIAGNOSTICS done = ROW_COUNT;
    written := written + done;
  END IF;
  IF cardinality(tender_changes) > 0 THEN
    UPDATE "Tender" t SET
      "state" = coalesce(c."state", t."state"),
      "refundedMinor" = coalesce(c."refundedMinor", t."refundedMinor"),
      "gatewayReference" = CASE WHEN 'gatewayReference' = ANY (c."sets") THEN c."gatewayReference" ELSE t."gatewayReference" END
    FROM unnest(tender_changes) c
    WHERE t."id" = c."id" AND c."sets" IS NOT NULL AND c."unit" <> ALL (rest);
    GET DIAGNOSTICS done = ROW_COUNT;
    written := written + done;
  END IF;
  IF cardinality(line_changes) > 0 THEN
    UPDATE "TenderLine" t SET "refundedMinor" = c."refundedMinor"
    FROM unnest(line_changes) c
    WHERE t."tenderId" = c."id" AND t."orderLineId" = c."line" AND c."sets" IS NOT NULL AND c."unit" <> ALL (rest);
    GET DIAGNOSTICS done = ROW_COUNT;
    written := written + done;
  END IF;
  IF cardinality(refund_changes) > 0 THEN
    UPDATE "Refund" t SET
      "state" = coalesce(c."state", t."state"),
      "settledAt" = CASE WHEN 'settledAt' = ANY (c."sets") THEN c."settledAt" ELSE t."settledAt" END,
      "checkAt" = CASE WHEN 'checkAt' = ANY (c."sets") THEN c."checkAt" ELSE t."checkAt" END
    FROM unnest(refund_changes) c
    WHERE t."id" = c."id" AND c."sets" IS NOT NULL AND c."unit" <> ALL (rest);
    GET DIAGNOSTICS done = ROW_COUNT;
    written := written + done;
  END IF;
  IF cardinality(part_changes) > 0 THEN
    UPDATE "RefundPart" t SET "state" = coalesce(c."state", t."state")
    FROM unnest(part_changes) c
    WHERE t."id" = c."id" AND c."sets" IS NOT NULL AND c."unit" <> ALL (rest);
    GET DIAGNOSTICS done = ROW_COUNT;
    written := written + done;
  END IF;
  -- An UPDATE takes each row once, whatever is asked of it: two units that write one row must not both be told they did.
  IF written <> (SELECT count(*) FROM unnest(writes_of) w WHERE w <> ALL (rest)) THEN
    RAISE EXCEPTION 'two units write one row' USING ERRCODE = 'cardinality_violation';
  END IF;
  IF cardinality(moves) > 0 THEN INSERT INTO "Transfer" SELECT r.* FROM unnest(moves) r; END IF;
  RETURN rest;
END $$;

-- Units one after another, one commit; a unit that is refused or fails has changed nothing, keeps no lock, and harms no
-- neighbour. A unique index that is violated is the refusal `duplicate`; other failures are answered with their SQLSTATE.
-- What concerns the whole transaction (a deadlock, a full disk) raises.
CREATE FUNCTION commit_apart(units jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  item jsonb;
  answer jsonb;
  answers jsonb := '[]';
BEGIN
  FOR item IN SELECT value FROM jsonb_array_elements(units) LOOP
    BEGIN
      answer := commit_unit(item);
      IF answer->>'outcome' <> 'committed' THEN
        -- Gives the locks of a unit that wrote nothing back before the next one asks for its own.
        RAISE EXCEPTION USING ERRCODE = 'KB001';
      END IF;
    EXCEPTION
      WHEN SQLSTATE 'KB001' THEN NULL;
      WHEN unique_violation THEN
        answer := '{"outcome": "refused", "refusal": {"code": "duplicate"}}';
      WHEN transaction_rollback OR lock_not_available OR insufficient_resources OR system_error THEN
        RAISE;
      WHEN OTHERS THEN
        answer := jsonb_build_object('outcome', 'failed', 'sqlstate', SQLSTATE, 'message', SQLERRM);
    END;
    answers := answers || jsonb_build_array(answer);
  END LOOP;
  RETURN answers;
END $$;
