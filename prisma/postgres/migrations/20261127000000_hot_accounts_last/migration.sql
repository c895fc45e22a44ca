-- Units that are judged one by one take accounts in the order of those that go together (commit_together), so that the
-- two do not wait for each other.
-- One unit of work: an idempotency key, guarded updates, inserts and linked transfers, all or nothing, in one call.
-- Everything is locked and checked before the first write, so a refusal needs no rollback.
-- Lock order: rows of guarded updates as listed by the caller, then accounts by id, those without a limit last.
CREATE OR REPLACE FUNCTION commit_unit(unit jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  item jsonb;
  place integer := 0;
  refusal jsonb;
  wanted "Transfer"[];
  fresh "Transfer"[];
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
    ORDER BY a."limited" DESC, a."id" FOR NO KEY UPDATE;
    -- What is not there is settled before it is judged: a transfer that another request posts from here on, under the
    -- same id between other accounts, violates the primary key below instead of standing in for this one.
    SELECT array_agg(w ORDER BY w."id") INTO fresh FROM unnest(wanted) w
    WHERE NOT EXISTS (SELECT 1 FROM "Transfer" x WHERE x."id" = w."id");
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
  IF fresh IS NOT NULL THEN
    INSERT INTO "Transfer" ("id", "debitAccountId", "creditAccountId", "amount", "code", "kind", "pendingId", "timeoutAt", "reference", "createdAt")
    SELECT w."id", w."debitAccountId", w."creditAccountId", w."amount", w."code", w."kind", w."pendingId", w."timeoutAt", w."reference", w."createdAt"
    FROM unnest(fresh) w;
  END IF;
  RETURN jsonb_build_object('outcome', 'committed');
END $$;
