-- AlterTable
ALTER TABLE "Gift" ADD COLUMN "noticedAt" DATETIME;

-- CreateTable
CREATE TABLE "GiftPhoneProof" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "giftId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "sealed" TEXT,
    "triesLeft" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "provedAt" DATETIME,
    CONSTRAINT "GiftPhoneProof_giftId_fkey" FOREIGN KEY ("giftId") REFERENCES "Gift" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "GiftPhoneProof_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "gift_phone_proof_tries" CHECK ("triesLeft" >= 0)
);

-- CreateIndex
CREATE INDEX "GiftPhoneProof_giftId_userId_idx" ON "GiftPhoneProof"("giftId", "userId");

-- CreateIndex
CREATE INDEX "GiftPhoneProof_expiresAt_idx" ON "GiftPhoneProof"("expiresAt");
