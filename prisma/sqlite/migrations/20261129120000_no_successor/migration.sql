-- A replaced card is the same row with another number: nothing ever had a successor.
ALTER TABLE "Card" DROP COLUMN "successorId";
