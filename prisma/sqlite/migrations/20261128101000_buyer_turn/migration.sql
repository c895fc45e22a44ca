-- CreateTable
CREATE TABLE "BuyerTurn" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL
);
