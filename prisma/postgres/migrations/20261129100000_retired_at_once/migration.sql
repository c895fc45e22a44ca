-- A card that takes a number waits, in the unique index, for the unit that takes this number from another card. What is
-- asked before that wait does not see the number retired; what is asked after it does.
CREATE OR REPLACE FUNCTION card_number_not_retired() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "RetiredNumber" r WHERE r."numberHmac" = NEW."numberHmac") THEN
    RAISE EXCEPTION 'cards: the number is retired';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER "Card_number_not_retired" ON "Card";
CREATE TRIGGER "Card_number_not_retired" AFTER INSERT OR UPDATE OF "numberHmac" ON "Card"
FOR EACH ROW EXECUTE FUNCTION card_number_not_retired();

-- The other way round: a number that a card has is not retired before that card has another.
CREATE FUNCTION retired_number_not_in_use() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "Card" c WHERE c."numberHmac" = NEW."numberHmac") THEN
    RAISE EXCEPTION 'cards: a number in use is not retired';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "RetiredNumber_not_in_use" AFTER INSERT ON "RetiredNumber"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION retired_number_not_in_use();
