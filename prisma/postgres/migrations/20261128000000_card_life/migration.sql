-- A card's life: cards are bought, given, lost, extended, replaced, and people are told of it.
-- CreateTable
CREATE TABLE "CardSetting" (
    "cardId" TEXT NOT NULL,
    "dayLimitMinor" BIGINT,
    "archivedAt" TIMESTAMP(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "CardSetting_pkey" PRIMARY KEY ("cardId")
);

-- CreateTable
CREATE TABLE "RetiredNumber" (
    "numberHmac" TEXT NOT NULL,
    "cardId" TEXT NOT NULL,
    "retiredAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "RetiredNumber_pkey" PRIMARY KEY ("numberHmac")
);

-- CreateTable
CREATE TABLE "CardRequest" (
    "id" TEXT NOT NULL,
    "cardId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "evidence" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "decidedAt" TIMESTAMP(3),
    "decidedById" TEXT,
    "answer" TEXT,

    CONSTRAINT "CardRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CardReminder" (
    "cardId" TEXT NOT NULL,
    "daysLeft" INTEGER NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "CardReminder_pkey" PRIMARY KEY ("cardId","daysLeft","expiresAt")
);

-- CreateTable
CREATE TABLE "Gift" (
    "id" TEXT NOT NULL,
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
    "deliverAt" TIMESTAMP(3) NOT NULL,
    "state" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "sealedToken" TEXT NOT NULL,
    "tokenVersion" INTEGER NOT NULL,
    "passphraseHash" TEXT,
    "phoneHmac" TEXT,
    "claimBy" TIMESTAMP(3) NOT NULL,
    "sentAt" TIMESTAMP(3),
    "openedAt" TIMESTAMP(3),
    "claimedAt" TIMESTAMP(3),
    "claimedById" TEXT,
    "endedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Gift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NotificationPreference" (
    "userId" TEXT NOT NULL,
    "choices" TEXT NOT NULL,
    "changedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "NotificationPreference_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "userId" TEXT,
    "maskedTo" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "providerId" TEXT,
    "lastError" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "sentAt" TIMESTAMP(3),

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SandboxMessage" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "subject" TEXT,
    "text" TEXT NOT NULL,
    "html" TEXT,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SandboxMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CardPurchase" (
    "id" TEXT NOT NULL,
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
    "createdAt" TIMESTAMP(3) NOT NULL,
    "paidAt" TIMESTAMP(3),
    "issuedAt" TIMESTAMP(3),
    "withdrawnAt" TIMESTAMP(3),

    CONSTRAINT "CardPurchase_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BuyerIdentity" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "sealedName" TEXT NOT NULL,
    "sealedNumber" TEXT NOT NULL,
    "maskedName" TEXT NOT NULL,
    "maskedNumber" TEXT NOT NULL,
    "numberHmac" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "BuyerIdentity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invoice" (
    "id" TEXT NOT NULL,
    "purchaseId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "taxNumber" TEXT,
    "email" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "number" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "issuedAt" TIMESTAMP(3),

    CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Shipment" (
    "id" TEXT NOT NULL,
    "purchaseId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "sealedAddress" TEXT NOT NULL,
    "maskedAddress" TEXT NOT NULL,
    "carrier" TEXT,
    "trackingNumber" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "producedAt" TIMESTAMP(3),
    "shippedAt" TIMESTAMP(3),
    "deliveredAt" TIMESTAMP(3),

    CONSTRAINT "Shipment_pkey" PRIMARY KEY ("id")
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

-- AddForeignKey
ALTER TABLE "CardSetting" ADD CONSTRAINT "CardSetting_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RetiredNumber" ADD CONSTRAINT "RetiredNumber_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CardRequest" ADD CONSTRAINT "CardRequest_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CardRequest" ADD CONSTRAINT "CardRequest_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CardReminder" ADD CONSTRAINT "CardReminder_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gift" ADD CONSTRAINT "Gift_senderId_fkey" FOREIGN KEY ("senderId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gift" ADD CONSTRAINT "Gift_claimedById_fkey" FOREIGN KEY ("claimedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gift" ADD CONSTRAINT "Gift_purchaseId_fkey" FOREIGN KEY ("purchaseId") REFERENCES "CardPurchase"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gift" ADD CONSTRAINT "Gift_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotificationPreference" ADD CONSTRAINT "NotificationPreference_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CardPurchase" ADD CONSTRAINT "CardPurchase_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CardPurchase" ADD CONSTRAINT "CardPurchase_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CardPurchase" ADD CONSTRAINT "CardPurchase_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "BuyerIdentity"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BuyerIdentity" ADD CONSTRAINT "BuyerIdentity_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invoice" ADD CONSTRAINT "Invoice_purchaseId_fkey" FOREIGN KEY ("purchaseId") REFERENCES "CardPurchase"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Shipment" ADD CONSTRAINT "Shipment_purchaseId_fkey" FOREIGN KEY ("purchaseId") REFERENCES "CardPurchase"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the database itself refuses
ALTER TABLE "CardSetting" ADD CONSTRAINT "card_setting_limit" CHECK ("dayLimitMinor" IS NULL OR "dayLimitMinor" >= 0);
ALTER TABLE "CardRequest" ADD CONSTRAINT "card_request_kind" CHECK ("kind" IN ('loss', 'extension', 'exchange'));
ALTER TABLE "CardRequest" ADD CONSTRAINT "card_request_state" CHECK ("state" IN ('open', 'approved', 'refused', 'withdrawn'));
ALTER TABLE "CardRequest" ADD CONSTRAINT "card_request_decided" CHECK (("state" = 'open') = ("decidedAt" IS NULL));
ALTER TABLE "CardReminder" ADD CONSTRAINT "card_reminder_days" CHECK ("daysLeft" IN (1, 7, 30));
ALTER TABLE "Gift" ADD CONSTRAINT "gift_state" CHECK ("state" IN ('scheduled', 'sent', 'claimed', 'revoked', 'returned'));
ALTER TABLE "Gift" ADD CONSTRAINT "gift_channel" CHECK ("channel" IN ('email', 'sms', 'link'));
ALTER TABLE "Gift" ADD CONSTRAINT "gift_claimed" CHECK (("state" = 'claimed') = ("claimedById" IS NOT NULL) AND ("claimedById" IS NULL) = ("claimedAt" IS NULL));
ALTER TABLE "CardPurchase" ADD CONSTRAINT "card_purchase_state" CHECK ("state" IN ('open', 'paid', 'issued', 'withdrawing', 'withdrawn', 'abandoned'));
ALTER TABLE "CardPurchase" ADD CONSTRAINT "card_purchase_purpose" CHECK ("purpose" IN ('self', 'gift', 'ship'));
ALTER TABLE "CardPurchase" ADD CONSTRAINT "card_purchase_amounts" CHECK ("quantity" > 0 AND "unitMinor" > 0 AND "unitMinor" <= "faceMinor" AND "discountBasisPoints" BETWEEN 0 AND 10000);
ALTER TABLE "Invoice" ADD CONSTRAINT "invoice_state" CHECK ("state" IN ('requested', 'issued', 'cancelled') AND "amountMinor" > 0);
ALTER TABLE "Shipment" ADD CONSTRAINT "shipment_state" CHECK ("state" IN ('preparing', 'producing', 'shipped', 'delivered'));
ALTER TABLE "Delivery" ADD CONSTRAINT "delivery_state" CHECK ("state" IN ('sending', 'sent', 'failed'));

-- The number of a replaced card is dead for ever.
CREATE FUNCTION card_number_not_retired() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "RetiredNumber" r WHERE r."numberHmac" = NEW."numberHmac") THEN
    RAISE EXCEPTION 'cards: the number is retired';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Card_number_not_retired" BEFORE INSERT OR UPDATE OF "numberHmac" ON "Card"
FOR EACH ROW EXECUTE FUNCTION card_number_not_retired();

CREATE FUNCTION retired_number_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'cards: % of RetiredNumber is refused', TG_OP;
END $$;
CREATE TRIGGER "RetiredNumber_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "RetiredNumber"
FOR EACH STATEMENT EXECUTE FUNCTION retired_number_kept();

CREATE OR REPLACE FUNCTION unit_table(name text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF name = ANY (ARRAY['Payment', 'Tender', 'TenderLine', 'PaymentEvent', 'Order', 'Refund', 'RefundPart', 'RefundLine',
                       'Card', 'CardEvent', 'CardBatch', 'OutboxMessage', 'AuditEvent', 'GatewayNotification', 'Account',
                       'CardPurchase', 'Invoice', 'Shipment', 'Gift', 'CardSetting', 'RetiredNumber', 'CardRequest',
                       'CardReminder']) THEN
    RETURN quote_ident(name);
  END IF;
  RAISE EXCEPTION 'unit of work: table % is not allowed', name;
END $$;
