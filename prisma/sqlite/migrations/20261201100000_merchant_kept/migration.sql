-- What is paid for an order line goes to its merchant, whose account is the same for ever.
CREATE TRIGGER "Merchant_kept" BEFORE DELETE ON "Merchant" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of Merchant is refused'); END;
CREATE TRIGGER "Merchant_identity" BEFORE UPDATE OF "id", "accountId" ON "Merchant" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of Merchant is refused'); END;
