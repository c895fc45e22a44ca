-- A card's life: cards are bought, given, lost, extended, replaced, and people are told of it.
-- CreateTable
CREATE TABLE "CardSetting" (
    "cardId" TEXT NOT NULL PRIMARY KEY,
    "dayLimitMinor" BIGINT,
    "archivedAt" DATETIME,
    "version" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "CardSetting_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "card_setting_limit" CHECK ("dayLimitMinor" IS NULL OR "dayLimitMinor" >= 0)
);

-- CreateTable
CREATE TABLE "RetiredNumber" (
    "numberHmac" TEXT NOT NULL PRIMARY KEY,
    "cardId" TEXT NOT NULL,
    "retiredAt" DATETIME NOT NULL,
    CONSTRAINT "RetiredNumber_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "CardRequest" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "cardId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "evidence" TEXT,
    "createdAt" DATETIME NOT NULL,
    "dueAt" DATETIME NOT NULL,
    "decidedAt" DATETIME,
    "decidedById" TEXT,
    "answer" TEXT,
    CONSTRAINT "CardRequest_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "CardRequest_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "card_request_kind" CHECK ("kind" IN ('loss', 'extension', 'exchange')),
    CONSTRAINT "card_request_state" CHECK ("state" IN ('open', 'approved', 'refused', 'withdrawn')),
    CONSTRAINT "card_request_decided" CHECK (("state" = 'open') = ("decidedAt" IS NULL))
);

-- CreateTable
CREATE TABLE "CardReminder" (
    "cardId" TEXT NOT NULL,
    "daysLeft" INTEGER NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("cardId", "daysLeft", "expiresAt"),
    CONSTRAINT "CardReminder_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "card_reminder_days" CHECK ("daysLeft" IN (1, 7, 30))
);

-- CreateTable
CREATE TABLE "Gift" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "senderId" TEXT NOT NULL,
    "purchaseId" TEXT,
    "cardId" TEXT NOT NULL,
    "theme" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "senderName" TEXT NOT NULL,
    "recipientName" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "sealedRecipient" TEXT,
    "maskedRecipient" TEXT,
    "locale" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "deliverAt" DATETIME NOT NULL,
    "state" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "sealedToken" TEXT NOT NULL,
    "tokenVersion" INTEGER NOT NULL,
    "passphraseHash" TEXT,
    "phoneHmac" TEXT,
    "claimBy" DATETIME NOT NULL,
    "sentAt" DATETIME,
    "openedAt" DATETIME,
    "claimedAt" DATETIME,
    "claimedById" TEXT,
    "endedAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Gift_senderId_fkey" FOREIGN KEY ("senderId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Gift_claimedById_fkey" FOREIGN KEY ("claimedById") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Gift_purchaseId_fkey" FOREIGN KEY ("purchaseId") REFERENCES "CardPurchase" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Gift_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "gift_state" CHECK ("state" IN ('scheduled', 'sent', 'claimed', 'revoked', 'returned')),
    CONSTRAINT "gift_channel" CHECK ("channel" IN ('email', 'sms', 'link')),
    CONSTRAINT "gift_claimed" CHECK (("state" = 'claimed') = ("claimedById" IS NOT NULL) AND ("claimedById" IS NULL) = ("claimedAt" IS NULL))
);

-- CreateTable
CREATE TABLE "NotificationPreference" (
    "userId" TEXT NOT NULL PRIMARY KEY,
    "choices" TEXT NOT NULL,
    "changedAt" DATETIME NOT NULL,
    CONSTRAINT "NotificationPreference_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "messageId" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "userId" TEXT,
    "maskedTo" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "providerId" TEXT,
    "lastError" TEXT,
    "createdAt" DATETIME NOT NULL,
    "sentAt" DATETIME,
    CONSTRAINT "delivery_state" CHECK ("state" IN ('sending', 'sent', 'failed'))
);

-- CreateTable
CREATE TABLE "SandboxMessage" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "subject" TEXT,
    "text" TEXT NOT NULL,
    "html" TEXT,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "CardPurchase" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "programmeId" TEXT NOT NULL,
    "policyPack" TEXT NOT NULL,
    "theme" TEXT NOT NULL,
    "faceMinor" BIGINT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "discountBasisPoints" INTEGER NOT NULL,
    "unitMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "buyer" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "identityId" TEXT,
    "batchId" TEXT,
    "sealedPlan" TEXT,
    "createdAt" DATETIME NOT NULL,
    "paidAt" DATETIME,
    "issuedAt" DATETIME,
    "withdrawnAt" DATETIME,
    CONSTRAINT "CardPurchase_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "CardPurchase_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "CardPurchase_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "BuyerIdentity" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "card_purchase_state" CHECK ("state" IN ('open', 'paid', 'issued', 'withdrawing', 'withdrawn', 'abandoned')),
    CONSTRAINT "card_purchase_purpose" CHECK ("purpose" IN ('self', 'gift', 'ship')),
    CONSTRAINT "card_purchase_amounts" CHECK ("quantity" > 0 AND "unitMinor" > 0 AND "unitMinor" <= "faceMinor" AND "discountBasisPoints" BETWEEN 0 AND 10000)
);

-- CreateTable
CREATE TABLE "BuyerIdentity" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "sealedName" TEXT NOT NULL,
    "sealedNumber" TEXT NOT NULL,
    "maskedName" TEXT NOT NULL,
    "maskedNumber" TEXT NOT NULL,
    "numberHmac" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "BuyerIdentity_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Invoice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "purchaseId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "taxNumber" TEXT,
    "email" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "number" TEXT,
    "createdAt" DATETIME NOT NULL,
    "issuedAt" DATETIME,
    CONSTRAINT "Invoice_purchaseId_fkey" FOREIGN KEY ("purchaseId") REFERENCES "CardPurchase" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "invoice_state" CHECK ("state" IN ('requested', 'issued', 'cancelled') AND "amountMinor" > 0)
);

-- CreateTable
CREATE TABLE "Shipment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "purchaseId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "sealedAddress" TEXT NOT NULL,
    "maskedAddress" TEXT NOT NULL,
    "carrier" TEXT,
    "trackingNumber" TEXT,
    "createdAt" DATETIME NOT NULL,
    "producedAt" DATETIME,
    "shippedAt" DATETIME,
    "deliveredAt" DATETIME,
    CONSTRAINT "Shipment_purchaseId_fkey" FOREIGN KEY ("purchaseId") REFERENCES "CardPurchase" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "shipment_state" CHECK ("state" IN ('preparing', 'producing', 'shipped', 'delivered'))
);

-- CreateIndex
CREATE INDEX "RetiredNumber_cardId_idx" ON "RetiredNumber"("cardId");

-- CreateIndex
CREATE INDEX "CardRequest_cardId_createdAt_idx" ON "CardRequest"("cardId", "createdAt");

-- CreateIndex
CREATE INDEX "CardRequest_userId_createdAt_idx" ON "CardRequest"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "CardRequest_state_dueAt_idx" ON "CardRequest"("state", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "Gift_cardId_key" ON "Gift"("cardId");

-- CreateIndex
CREATE UNIQUE INDEX "Gift_tokenHash_key" ON "Gift"("tokenHash");

-- CreateIndex
CREATE INDEX "Gift_senderId_createdAt_idx" ON "Gift"("senderId", "createdAt");

-- CreateIndex
CREATE INDEX "Gift_claimedById_idx" ON "Gift"("claimedById");

-- CreateIndex
CREATE INDEX "Gift_state_deliverAt_idx" ON "Gift"("state", "deliverAt");

-- CreateIndex
CREATE INDEX "Gift_state_claimBy_idx" ON "Gift"("state", "claimBy");

-- CreateIndex
CREATE INDEX "Gift_purchaseId_idx" ON "Gift"("purchaseId");

-- CreateIndex
CREATE INDEX "Delivery_userId_createdAt_idx" ON "Delivery"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "Delivery_messageId_idx" ON "Delivery"("messageId");

-- CreateIndex
CREATE INDEX "SandboxMessage_at_idx" ON "SandboxMessage"("at");

-- CreateIndex
CREATE UNIQUE INDEX "CardPurchase_orderId_key" ON "CardPurchase"("orderId");

-- CreateIndex
CREATE UNIQUE INDEX "CardPurchase_batchId_key" ON "CardPurchase"("batchId");

-- CreateIndex
CREATE INDEX "CardPurchase_userId_createdAt_idx" ON "CardPurchase"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "CardPurchase_state_createdAt_idx" ON "CardPurchase"("state", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "BuyerIdentity_userId_key" ON "BuyerIdentity"("userId");

-- CreateIndex
CREATE INDEX "BuyerIdentity_numberHmac_idx" ON "BuyerIdentity"("numberHmac");

-- CreateIndex
CREATE UNIQUE INDEX "Invoice_purchaseId_key" ON "Invoice"("purchaseId");

-- CreateIndex
CREATE INDEX "Invoice_state_createdAt_idx" ON "Invoice"("state", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Shipment_purchaseId_key" ON "Shipment"("purchaseId");

-- CreateIndex
CREATE INDEX "Shipment_state_createdAt_idx" ON "Shipment"("state", "createdAt");

-- The number of a replaced card is dead for ever.
CREATE TRIGGER "Card_number_not_retired" BEFORE INSERT ON "Card"
WHEN EXISTS (SELECT 1 FROM "RetiredNumber" r WHERE r."numberHmac" = NEW."numberHmac")
BEGIN SELECT RAISE(ABORT, 'cards: the number is retired'); END;
CREATE TRIGGER "Card_number_stays_retired" BEFORE UPDATE OF "numberHmac" ON "Card"
WHEN EXISTS (SELECT 1 FROM "RetiredNumber" r WHERE r."numberHmac" = NEW."numberHmac")
BEGIN SELECT RAISE(ABORT, 'cards: the number is retired'); END;
CREATE TRIGGER "RetiredNumber_kept" BEFORE DELETE ON "RetiredNumber"
BEGIN SELECT RAISE(ABORT, 'cards: DELETE of RetiredNumber is refused'); END;
CREATE TRIGGER "RetiredNumber_identity" BEFORE UPDATE ON "RetiredNumber"
BEGIN SELECT RAISE(ABORT, 'cards: UPDATE of RetiredNumber is refused'); END;
