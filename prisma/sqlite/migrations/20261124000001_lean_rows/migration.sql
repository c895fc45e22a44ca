-- Indexes that no query reads.
DROP INDEX "Transfer_debitAccountId_idx";
DROP INDEX "Transfer_creditAccountId_idx";
DROP INDEX "Transfer_kind_timeoutAt_idx";
DROP INDEX "Entry_transferId_idx";

-- What money refers to is kept, under the id it was given and with what it belongs to. (On PostgreSQL this also takes
-- the place of foreign keys.)
CREATE TRIGGER "User_identity" BEFORE UPDATE OF "id" ON "User" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of User is refused'); END;
CREATE TRIGGER "Card_kept" BEFORE DELETE ON "Card" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of Card is refused'); END;
CREATE TRIGGER "Card_identity" BEFORE UPDATE OF "id" ON "Card" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of Card is refused'); END;
CREATE TRIGGER "Order_kept" BEFORE DELETE ON "Order" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of Order is refused'); END;
CREATE TRIGGER "Order_identity" BEFORE UPDATE OF "id", "userId" ON "Order" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of Order is refused'); END;
CREATE TRIGGER "OrderLine_kept" BEFORE DELETE ON "OrderLine" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of OrderLine is refused'); END;
CREATE TRIGGER "OrderLine_identity" BEFORE UPDATE OF "id" ON "OrderLine" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of OrderLine is refused'); END;
CREATE TRIGGER "Payment_kept" BEFORE DELETE ON "Payment" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of Payment is refused'); END;
CREATE TRIGGER "Payment_identity" BEFORE UPDATE OF "id", "orderId", "userId" ON "Payment" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of Payment is refused'); END;
CREATE TRIGGER "Tender_kept" BEFORE DELETE ON "Tender" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of Tender is refused'); END;
CREATE TRIGGER "Tender_identity" BEFORE UPDATE OF "id", "paymentId", "cardId" ON "Tender" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of Tender is refused'); END;
CREATE TRIGGER "TenderLine_kept" BEFORE DELETE ON "TenderLine" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of TenderLine is refused'); END;
CREATE TRIGGER "TenderLine_identity" BEFORE UPDATE OF "tenderId", "orderLineId" ON "TenderLine" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of TenderLine is refused'); END;
CREATE TRIGGER "PaymentEvent_kept" BEFORE DELETE ON "PaymentEvent" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of PaymentEvent is refused'); END;
CREATE TRIGGER "PaymentEvent_identity" BEFORE UPDATE ON "PaymentEvent" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of PaymentEvent is refused'); END;
CREATE TRIGGER "Refund_kept" BEFORE DELETE ON "Refund" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of Refund is refused'); END;
CREATE TRIGGER "Refund_identity" BEFORE UPDATE OF "id", "paymentId" ON "Refund" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of Refund is refused'); END;
CREATE TRIGGER "RefundPart_kept" BEFORE DELETE ON "RefundPart" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of RefundPart is refused'); END;
CREATE TRIGGER "RefundPart_identity" BEFORE UPDATE OF "id", "refundId", "tenderId" ON "RefundPart" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of RefundPart is refused'); END;
CREATE TRIGGER "RefundLine_kept" BEFORE DELETE ON "RefundLine" BEGIN SELECT RAISE(ABORT, 'ledger: DELETE of RefundLine is refused'); END;
CREATE TRIGGER "RefundLine_identity" BEFORE UPDATE ON "RefundLine" BEGIN SELECT RAISE(ABORT, 'ledger: UPDATE of RefundLine is refused'); END;
