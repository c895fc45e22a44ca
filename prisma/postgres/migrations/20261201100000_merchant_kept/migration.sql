-- What is paid for an order line goes to its merchant, whose account is the same for ever.
CREATE TRIGGER "Merchant_kept" BEFORE DELETE OR TRUNCATE OR UPDATE OF "id", "accountId" ON "Merchant"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
