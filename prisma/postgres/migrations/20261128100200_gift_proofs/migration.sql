-- AlterTable
ALTER TABLE "Gift" ADD COLUMN "noticedAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "GiftPhoneProof" (
    "id" TEXT NOT NULL,
    "giftId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "sealed" TEXT,
    "triesLeft" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "provedAt" TIMESTAMP(3),

    CONSTRAINT "GiftPhoneProof_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "GiftPhoneProof_giftId_userId_idx" ON "GiftPhoneProof"("giftId", "userId");

-- CreateIndex
CREATE INDEX "GiftPhoneProof_expiresAt_idx" ON "GiftPhoneProof"("expiresAt");

-- AddForeignKey
ALTER TABLE "GiftPhoneProof" ADD CONSTRAINT "GiftPhoneProof_giftId_fkey" FOREIGN KEY ("giftId") REFERENCES "Gift"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GiftPhoneProof" ADD CONSTRAINT "GiftPhoneProof_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the database itself refuses
ALTER TABLE "GiftPhoneProof" ADD CONSTRAINT "gift_phone_proof_tries" CHECK ("triesLeft" >= 0);
