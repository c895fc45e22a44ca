-- A card has one open request of a kind: whoever asks twice at once has asked once.
CREATE UNIQUE INDEX "CardRequest_one_open" ON "CardRequest" ("cardId", "kind") WHERE "state" = 'open';
