-- CreateTable
CREATE TABLE "BuyerTurn" (
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "BuyerTurn_pkey" PRIMARY KEY ("key")
);
