-- One live payment of an order at a time.
CREATE UNIQUE INDEX "Payment_one_alive" ON "Payment" ("orderId")
  WHERE "state" IN ('OPEN', 'HELD', 'EXTERNAL_PENDING', 'CANCELLING', 'PAID', 'PARTIALLY_REFUNDED', 'REFUNDED');

-- What is posted stays: a mistake is mended by a new transfer.
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "Transfer_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Transfer"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER "Entry_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Entry"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER "Account_not_deleted" BEFORE DELETE OR TRUNCATE ON "Account"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- Balances move only inside the posting trigger below.
CREATE FUNCTION ledger_refuse_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'ledger: balances are written by transfers alone' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Account_balance_by_transfer"
  BEFORE UPDATE OF "code", "currency", "limited", "debitsPending", "debitsPosted", "creditsPending", "creditsPosted", "entryCount"
  ON "Account" FOR EACH ROW EXECUTE FUNCTION ledger_refuse_balance();
CREATE FUNCTION ledger_refuse_opening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: an account opens empty' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "Account_opens_empty" BEFORE INSERT ON "Account" FOR EACH ROW
  WHEN (NEW."debitsPending" <> 0 OR NEW."debitsPosted" <> 0 OR NEW."creditsPending" <> 0
        OR NEW."creditsPosted" <> 0 OR NEW."entryCount" <> 0)
  EXECUTE FUNCTION ledger_refuse_opening();

-- The only writer of balances and entries: whatever way a transfer comes in, its accounts move with it.
CREATE FUNCTION ledger_post_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM inserted t
    JOIN "Account" d ON d."id" = t."debitAccountId"
    JOIN "Account" c ON c."id" = t."creditAccountId"
    LEFT JOIN "Transfer" p ON p."id" = t."pendingId"
    WHERE d."currency" <> c."currency"
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
    GROUP BY e."account"
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
CREATE TRIGGER "Transfer_posts" AFTER INSERT ON "Transfer" REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_post_inserted();

-- Why a list of transfers cannot be posted, or NULL. The accounts are locked by the caller.
CREATE FUNCTION ledger_refusal(wanted "Transfer"[]) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  answer jsonb;
BEGIN
  SELECT jsonb_build_object('code', c."code", 'transferId', c."id", 'accountId', c."account") INTO answer
  FROM (
    SELECT w."ord", w."id", coalesce(d."id", w."debitAccountId") AS "account", CASE
      WHEN x."id" IS NOT NULL THEN
        CASE WHEN (x."debitAccountId", x."creditAccountId", x."amount", x."code", x."kind", x."pendingId", x."reference")
          IS NOT DISTINCT FROM
          (w."debitAccountId", w."creditAccountId", w."amount", w."code", w."kind", w."pendingId", w."reference")
        THEN NULL ELSE 'exists_with_different_fields' END
      WHEN w."pendingId" IS NOT NULL AND p."id" IS NULL THEN 'hold_not_found'
      WHEN w."pendingId" IS NOT NULL AND p."kind" <> 'pending' THEN 'not_a_hold'
      WHEN r."kind" = 'post_pending' THEN 'hold_already_captured'
      WHEN r."kind" = 'void_pending' THEN 'hold_already_voided'
      WHEN w."amount" > p."amount" THEN 'exceeds_hold'
      WHEN d."id" IS NULL OR c."id" IS NULL THEN 'account_not_found'
      WHEN d."currency" <> c."currency" THEN 'currency_mismatch'
      END AS "code"
    FROM unnest(wanted) WITH ORDINALITY AS w("id", "debitAccountId", "creditAccountId", "amount", "code", "kind",
      "pendingId", "timeoutAt", "reference", "createdAt", "ord")
    LEFT JOIN "Transfer" x ON x."id" = w."id"
    LEFT JOIN "Transfer" p ON p."id" = w."pendingId"
    LEFT JOIN "Transfer" r ON r."pendingId" = w."pendingId"
    LEFT JOIN "Account" d ON d."id" = w."debitAccountId"
    LEFT JOIN "Account" c ON c."id" = w."creditAccountId"
  ) c
  WHERE c."code" IS NOT NULL ORDER BY c."ord" LIMIT 1;
  IF answer IS NOT NULL THEN RETURN answer; END IF;

  SELECT jsonb_build_object('code', 'insufficient_funds', 'accountId', a."id", 'transferId', n."first") INTO answer
  FROM (
    SELECT v."account", sum(v."need") AS "need", min(w."id") AS "first"
    FROM unnest(wanted) AS w
    LEFT JOIN "Transfer" p ON p."id" = w."pendingId"
    CROSS JOIN LATERAL (VALUES
      (w."debitAccountId", CASE w."kind" WHEN 'post_pending' THEN w."amount" - p."amount"
                                         WHEN 'void_pending' THEN -p."amount" ELSE w."amount" END),
      (w."creditAccountId", CASE WHEN w."kind" IN ('posted', 'post_pending') THEN -w."amount" ELSE 0 END)
    ) AS v("account", "need")
    WHERE NOT EXISTS (SELECT 1 FROM "Transfer" x WHERE x."id" = w."id")
    GROUP BY v."account"
  ) n
  JOIN "Account" a ON a."id" = n."account"
  WHERE a."limited" AND n."need" > a."creditsPosted" - a."debitsPosted" - a."debitsPending"
  ORDER BY a."id" LIMIT 1;
  RETURN answer;
END $$;

-- The rows a unit of work may touch, by guarded update or insert.
CREATE FUNCTION unit_table(name text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF name = ANY (ARRAY['Payment', 'Tender', 'TenderLine', 'PaymentEvent', 'Order', 'Refund', 'RefundPart', 'RefundLine',
                       'Card', 'CardEvent', 'CardBatch', 'OutboxMessage', 'AuditEvent', 'GatewayNotification', 'Account']) THEN
    RETURN quote_ident(name);
  END IF;
  RAISE EXCEPTION 'unit of work: table % is not allowed', name;
END $$;

-- Does the row that a guarded update names exist as expected? Locks it.
CREATE FUNCTION unit_row_as_expected(item jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  found_row jsonb;
  field text;
  want jsonb;
BEGIN
  EXECUTE format('SELECT to_jsonb(t) FROM %s t WHERE %s FOR NO KEY UPDATE', unit_table(item->>'table'),
    (SELECT string_agg(format('t.%I = %L', k.key, k.value), ' AND ') FROM jsonb_each_text(item->'key') k))
  INTO found_row;
  IF found_row IS NULL THEN RETURN false; END IF;
  FOR field, want IN SELECT key, value FROM jsonb_each(item->'expect') LOOP
    IF jsonb_typeof(want) = 'array' THEN
      IF NOT EXISTS (SELECT 1 FROM jsonb_array_elements_text(want) e WHERE e = found_row->>field) THEN RETURN false; END IF;
    ELSIF (found_row->>field) IS DISTINCT FROM (want #>> '{}') THEN RETURN false;
    END IF;
  END LOOP;
  RETURN true;
END $$;

-- One unit of work: an idempotency key, guarded updates, inserts and linked transfers, all or nothing, in one call.
-- Everything is locked and checked before the first write, so a refusal needs no rollback.
-- Lock order: rows of guarded updates as listed by the caller, then accounts by id.
CREATE FUNCTION commit_unit(unit jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  item jsonb;
  place integer := 0;
  refusal jsonb;
  wanted "Transfer"[];
  stored record;
  idem jsonb := unit->'idempotency';
  done integer;
BEGIN
  IF idem IS NOT NULL THEN
    SELECT k."fingerprint", k."response" INTO stored FROM "IdempotencyKey" k
    WHERE k."scope" = idem->>'scope' AND k."key" = idem->>'key';
    IF FOUND THEN RETURN unit_replay(stored."fingerprint", stored."response", idem); END IF;
  END IF;

  FOR item IN SELECT value FROM jsonb_array_elements(unit->'updates') LOOP
    IF NOT unit_row_as_expected(item) THEN
      -- The same request may have finished while this one waited for the lock.
      IF idem IS NOT NULL THEN
        SELECT k."fingerprint", k."response" INTO stored FROM "IdempotencyKey" k
        WHERE k."scope" = idem->>'scope' AND k."key" = idem->>'key';
        IF FOUND THEN RETURN unit_replay(stored."fingerprint", stored."response", idem); END IF;
      END IF;
      RETURN jsonb_build_object('outcome', 'refused', 'refusal', jsonb_build_object('code', 'row_changed', 'update', place));
    END IF;
    place := place + 1;
  END LOOP;

  SELECT array_agg((t."id", coalesce(p."debitAccountId", t."debitAccountId"), coalesce(p."creditAccountId", t."creditAccountId"),
      coalesce(t."amount", p."amount"), coalesce(p."code", t."code"), t."kind", t."pendingId", t."timeoutAt",
      t."reference", t."createdAt")::"Transfer" ORDER BY t."ord") INTO wanted
  FROM ROWS FROM (jsonb_to_recordset(coalesce(unit->'transfers', '[]')) AS ("id" text, "debitAccountId" text, "creditAccountId" text,
      "amount" bigint, "code" integer, "kind" text, "pendingId" text, "timeoutAt" timestamp(3), "reference" text,
      "createdAt" timestamp(3))) WITH ORDINALITY AS t("id", "debitAccountId", "creditAccountId", "amount", "code", "kind",
      "pendingId", "timeoutAt", "reference", "createdAt", "ord")
  LEFT JOIN "Transfer" p ON p."id" = t."pendingId";

  IF wanted IS NOT NULL THEN
    PERFORM 1 FROM "Account" a
    WHERE a."id" IN (SELECT w."debitAccountId" FROM unnest(wanted) w UNION SELECT w."creditAccountId" FROM unnest(wanted) w)
    ORDER BY a."id" FOR NO KEY UPDATE;
    refusal := ledger_refusal(wanted);
    IF refusal IS NOT NULL THEN
      IF idem IS NOT NULL THEN
        SELECT k."fingerprint", k."response" INTO stored FROM "IdempotencyKey" k
        WHERE k."scope" = idem->>'scope' AND k."key" = idem->>'key';
        IF FOUND THEN RETURN unit_replay(stored."fingerprint", stored."response", idem); END IF;
      END IF;
      RETURN jsonb_build_object('outcome', 'refused', 'refusal', refusal);
    END IF;
  END IF;

  IF idem IS NOT NULL THEN
    INSERT INTO "IdempotencyKey" ("scope", "key", "fingerprint", "response", "createdAt")
    VALUES (idem->>'scope', idem->>'key', idem->>'fingerprint', idem->>'response', (idem->>'createdAt')::timestamp(3))
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS done = ROW_COUNT;
    IF done = 0 THEN
      SELECT k."fingerprint", k."response" INTO stored FROM "IdempotencyKey" k
      WHERE k."scope" = idem->>'scope' AND k."key" = idem->>'key';
      RETURN unit_replay(stored."fingerprint", stored."response", idem);
    END IF;
  END IF;

  FOR item IN SELECT value FROM jsonb_array_elements(unit->'inserts') LOOP
    EXECUTE format('INSERT INTO %1$s SELECT * FROM jsonb_populate_recordset(NULL::%1$s, $1)', unit_table(item->>'table'))
    USING item->'rows';
  END LOOP;
  FOR item IN SELECT value FROM jsonb_array_elements(unit->'updates') LOOP
    CONTINUE WHEN coalesce(item->'set', '{}') = '{}';
    EXECUTE format('UPDATE %1$s t SET %2$s FROM jsonb_populate_record(NULL::%1$s, $1) r WHERE %3$s', unit_table(item->>'table'),
      (SELECT string_agg(format('%1$I = r.%1$I', k), ', ') FROM jsonb_object_keys(item->'set') k),
      (SELECT string_agg(format('t.%I = %L', k.key, k.value), ' AND ') FROM jsonb_each_text(item->'key') k))
    USING item->'set';
  END LOOP;
  IF wanted IS NOT NULL THEN
    INSERT INTO "Transfer" ("id", "debitAccountId", "creditAccountId", "amount", "code", "kind", "pendingId", "timeoutAt", "reference", "createdAt")
    SELECT w."id", w."debitAccountId", w."creditAccountId", w."amount", w."code", w."kind", w."pendingId", w."timeoutAt", w."reference", w."createdAt"
    FROM unnest(wanted) w WHERE NOT EXISTS (SELECT 1 FROM "Transfer" x WHERE x."id" = w."id");
  END IF;
  RETURN jsonb_build_object('outcome', 'committed');
END $$;

CREATE FUNCTION unit_replay(fingerprint text, response text, idem jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN fingerprint = idem->>'fingerprint'
    THEN jsonb_build_object('outcome', 'replayed', 'response', response)
    ELSE jsonb_build_object('outcome', 'refused', 'refusal', jsonb_build_object('code', 'idempotency_key_reused')) END
$$;

-- Units that arrived together, one commit; a refused unit does not harm its neighbours.
-- Today units are taken one after another; a caller that sends several lists no account twice out of order.
CREATE FUNCTION commit_units(units jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  item jsonb;
  answers jsonb := '[]';
BEGIN
  FOR item IN SELECT value FROM jsonb_array_elements(units) LOOP
    answers := answers || jsonb_build_array(commit_unit(item));
  END LOOP;
  RETURN answers;
END $$;
