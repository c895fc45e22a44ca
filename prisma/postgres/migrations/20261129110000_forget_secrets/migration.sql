-- Sealed copies that nobody needs any more (docs/decisions/0008-card-secrets.md): of closed cards, of gifts, of cards that
-- somebody has, and of sold ones in use. What a card that got a new number keeps, its holder has not looked at yet.
UPDATE "Card" SET "sealedNumber" = NULL, "sealedPassword" = NULL
WHERE ("sealedNumber" IS NOT NULL OR "sealedPassword" IS NOT NULL)
  AND ("state" = 'closed'
    OR ("id" NOT IN (SELECT "cardId" FROM "RetiredNumber")
      AND ("holderId" IS NOT NULL
        OR "id" IN (SELECT "cardId" FROM "Gift")
        OR ("state" <> 'issued' AND "batchId" IN (SELECT "batchId" FROM "CardPurchase" WHERE "batchId" IS NOT NULL)))));

-- The same of what purchases were to become.
UPDATE "CardPurchase" SET "sealedPlan" = NULL WHERE "state" IN ('issued', 'withdrawing', 'withdrawn', 'abandoned');
