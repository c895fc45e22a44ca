-- A rule that is looked at when the transaction ends (RetiredNumber_not_in_use) failed all units of the call with the one
-- that broke it. Each is asked about its own before the next one begins.
CREATE OR REPLACE FUNCTION commit_apart(units jsonb) RETURNS jsonb LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
AS $$
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
      SET CONSTRAINTS ALL IMMEDIATE;
      SET CONSTRAINTS ALL DEFERRED;
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
