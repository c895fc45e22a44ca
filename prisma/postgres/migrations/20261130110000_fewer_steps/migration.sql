-- Who writes balances is asked once for a statement and not for each of its rows: the depth of triggers is one for all.
DROP TRIGGER "Account_balance_by_transfer" ON "Account";
CREATE OR REPLACE FUNCTION ledger_refuse_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'ledger: balances are written by transfers alone' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "Account_balance_by_transfer"
  BEFORE UPDATE OF "code", "currency", "limited", "debitsPending", "debitsPosted", "creditsPending", "creditsPosted", "entryCount"
  ON "Account" FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_balance();

-- A holder's payments are found by the holder's orders.
DROP INDEX "Payment_userId_createdAt_idx";
