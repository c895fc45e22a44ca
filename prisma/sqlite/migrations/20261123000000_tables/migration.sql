-- CreateTable
CREATE TABLE "Programme" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "nameZh" TEXT NOT NULL,
    "nameEn" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "medium" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "policyPack" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "validityMonths" INTEGER,
    "faceValues" TEXT NOT NULL,
    "spendingRule" TEXT NOT NULL,
    "colourFrom" TEXT NOT NULL,
    "colourTo" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "CardBatch" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programmeId" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "totalMinor" BIGINT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "CardBatch_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Card" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programmeId" TEXT NOT NULL,
    "batchId" TEXT,
    "accountId" TEXT NOT NULL,
    "numberHmac" TEXT NOT NULL,
    "numberKey" INTEGER NOT NULL,
    "lastFour" TEXT NOT NULL,
    "passwordScheme" TEXT NOT NULL,
    "passwordKey" INTEGER NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "sealedNumber" TEXT,
    "sealedPassword" TEXT,
    "state" TEXT NOT NULL,
    "faceMinor" BIGINT NOT NULL,
    "expiresAt" DATETIME,
    "holderId" TEXT,
    "boundAt" DATETIME,
    "nickname" TEXT,
    "frozenReason" TEXT,
    "successorId" TEXT,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Card_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Card_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "CardBatch" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Card_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Card_holderId_fkey" FOREIGN KEY ("holderId") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "card_state" CHECK ("state" IN ('issued', 'active', 'frozen', 'closed')),
    CONSTRAINT "card_bound_together" CHECK (("holderId" IS NULL) = ("boundAt" IS NULL))
);

-- CreateTable
CREATE TABLE "CardEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "cardId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "actorId" TEXT,
    "reason" TEXT,
    "at" DATETIME NOT NULL,
    CONSTRAINT "CardEvent_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Throttle" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "lastAt" DATETIME NOT NULL,
    "blockedUntil" DATETIME,

    PRIMARY KEY ("scope", "key")
);

-- CreateTable
CREATE TABLE "CaptchaChallenge" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "answerHash" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    "attempts" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Payment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "orderId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "cardMinor" BIGINT NOT NULL,
    "externalMinor" BIGINT NOT NULL,
    "refundedMinor" BIGINT NOT NULL DEFAULT 0,
    "gateway" TEXT,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME,
    "settledAt" DATETIME,
    "checkAt" DATETIME,
    "checks" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Payment_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Payment_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "payment_parts" CHECK ("amountMinor" > 0 AND "cardMinor" >= 0 AND "externalMinor" >= 0 AND "amountMinor" = "cardMinor" + "externalMinor"),
    CONSTRAINT "payment_refunded" CHECK ("refundedMinor" >= 0 AND "refundedMinor" <= "amountMinor")
);

-- CreateTable
CREATE TABLE "Tender" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "paymentId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "cardId" TEXT,
    "gateway" TEXT,
    "amountMinor" BIGINT NOT NULL,
    "refundedMinor" BIGINT NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "gatewayReference" TEXT,
    CONSTRAINT "Tender_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Tender_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "tender_refunded" CHECK ("amountMinor" > 0 AND "refundedMinor" >= 0 AND "refundedMinor" <= "amountMinor"),
    CONSTRAINT "tender_source" CHECK (("kind" = 'card' AND "cardId" IS NOT NULL) OR ("kind" = 'external' AND "gateway" IS NOT NULL))
);

-- CreateTable
CREATE TABLE "TenderLine" (
    "tenderId" TEXT NOT NULL,
    "orderLineId" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "refundedMinor" BIGINT NOT NULL DEFAULT 0,

    PRIMARY KEY ("tenderId", "orderLineId"),
    CONSTRAINT "TenderLine_tenderId_fkey" FOREIGN KEY ("tenderId") REFERENCES "Tender" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "TenderLine_orderLineId_fkey" FOREIGN KEY ("orderLineId") REFERENCES "OrderLine" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "tender_line_refunded" CHECK ("amountMinor" > 0 AND "refundedMinor" >= 0 AND "refundedMinor" <= "amountMinor")
);

-- CreateTable
CREATE TABLE "PaymentEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "paymentId" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "fromState" TEXT,
    "toState" TEXT NOT NULL,
    "detail" TEXT,
    "at" DATETIME NOT NULL,
    CONSTRAINT "PaymentEvent_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Refund" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "paymentId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "policy" TEXT NOT NULL,
    "reason" TEXT,
    "actorId" TEXT,
    "createdAt" DATETIME NOT NULL,
    "settledAt" DATETIME,
    "checkAt" DATETIME,
    "checks" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Refund_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "refund_positive" CHECK ("amountMinor" > 0)
);

-- CreateTable
CREATE TABLE "RefundLine" (
    "partId" TEXT NOT NULL,
    "orderLineId" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,

    PRIMARY KEY ("partId", "orderLineId"),
    CONSTRAINT "RefundLine_partId_fkey" FOREIGN KEY ("partId") REFERENCES "RefundPart" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "RefundLine_orderLineId_fkey" FOREIGN KEY ("orderLineId") REFERENCES "OrderLine" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "refund_line_positive" CHECK ("amountMinor" > 0)
);

-- CreateTable
CREATE TABLE "RefundPart" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "refundId" TEXT NOT NULL,
    "tenderId" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    CONSTRAINT "RefundPart_refundId_fkey" FOREIGN KEY ("refundId") REFERENCES "Refund" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "RefundPart_tenderId_fkey" FOREIGN KEY ("tenderId") REFERENCES "Tender" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "refund_part_positive" CHECK ("amountMinor" > 0)
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "response" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("scope", "key")
);

-- CreateTable
CREATE TABLE "GatewayNotification" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "gateway" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "paymentNo" TEXT,
    "body" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "receivedAt" DATETIME NOT NULL,
    "handledAt" DATETIME
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "phone" TEXT,
    "email" TEXT,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "disabledAt" DATETIME
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "revokedAt" DATETIME,
    "userAgent" TEXT,
    "network" TEXT,
    CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "actorId" TEXT,
    "actorRole" TEXT,
    "action" TEXT NOT NULL,
    "subjectType" TEXT,
    "subjectId" TEXT,
    "reason" TEXT,
    "detail" TEXT,
    "requestId" TEXT,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "code" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "debitsPending" BIGINT NOT NULL DEFAULT 0,
    "debitsPosted" BIGINT NOT NULL DEFAULT 0,
    "creditsPending" BIGINT NOT NULL DEFAULT 0,
    "creditsPosted" BIGINT NOT NULL DEFAULT 0,
    "limited" BOOLEAN NOT NULL DEFAULT false,
    "entryCount" BIGINT NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "account_balances_not_negative" CHECK ("debitsPending" >= 0 AND "debitsPosted" >= 0 AND "creditsPending" >= 0 AND "creditsPosted" >= 0),
    CONSTRAINT "account_not_overdrawn" CHECK (NOT "limited" OR "debitsPending" + "debitsPosted" <= "creditsPosted")
);

-- CreateTable
CREATE TABLE "Transfer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "debitAccountId" TEXT NOT NULL,
    "creditAccountId" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "code" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "pendingId" TEXT,
    "timeoutAt" DATETIME,
    "reference" TEXT,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Transfer_debitAccountId_fkey" FOREIGN KEY ("debitAccountId") REFERENCES "Account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Transfer_creditAccountId_fkey" FOREIGN KEY ("creditAccountId") REFERENCES "Account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Transfer_pendingId_fkey" FOREIGN KEY ("pendingId") REFERENCES "Transfer" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "transfer_amount_positive" CHECK ("amount" > 0),
    CONSTRAINT "transfer_two_accounts" CHECK ("debitAccountId" <> "creditAccountId"),
    CONSTRAINT "transfer_kind" CHECK ("kind" IN ('posted', 'pending', 'post_pending', 'void_pending')),
    CONSTRAINT "transfer_ends_a_hold" CHECK (("pendingId" IS NOT NULL) = ("kind" IN ('post_pending', 'void_pending')))
);

-- CreateTable
CREATE TABLE "Entry" (
    "accountId" TEXT NOT NULL,
    "number" BIGINT NOT NULL,
    "transferId" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "balanceAfter" BIGINT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("accountId", "number"),
    CONSTRAINT "Entry_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Entry_transferId_fkey" FOREIGN KEY ("transferId") REFERENCES "Transfer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "entry_amount_not_zero" CHECK ("amount" <> 0),
    CONSTRAINT "entry_balance_not_negative" CHECK ("balanceAfter" >= 0)
);

-- CreateTable
CREATE TABLE "OutboxMessage" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "topic" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "availableAt" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leasedBy" TEXT,
    "leasedUntil" DATETIME,
    "deliveredAt" DATETIME,
    "parkedAt" DATETIME,
    "lastError" TEXT
);

-- CreateTable
CREATE TABLE "JobRun" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "nextAt" DATETIME NOT NULL,
    "leasedBy" TEXT,
    "leasedUntil" DATETIME,
    "lastOkAt" DATETIME,
    "lastError" TEXT
);

-- CreateTable
CREATE TABLE "InboxMessage" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "readAt" DATETIME,
    CONSTRAINT "InboxMessage_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SandboxTrade" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "gateway" TEXT NOT NULL,
    "outTradeNo" TEXT NOT NULL,
    "tradeNo" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "refundedMinor" BIGINT NOT NULL DEFAULT 0,
    "subject" TEXT NOT NULL,
    "notifyUrl" TEXT,
    "returnUrl" TEXT,
    "expiresAt" DATETIME,
    "paidAt" DATETIME,
    "closedAt" DATETIME,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "SandboxRefund" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tradeId" TEXT NOT NULL,
    "outRequestNo" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "SandboxRefund_tradeId_fkey" FOREIGN KEY ("tradeId") REFERENCES "SandboxTrade" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SandboxNotification" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tradeId" TEXT NOT NULL,
    "notifyId" TEXT NOT NULL,
    "fields" TEXT NOT NULL,
    "forged" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" DATETIME NOT NULL,
    "lastAnswer" TEXT,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "SandboxNotification_tradeId_fkey" FOREIGN KEY ("tradeId") REFERENCES "SandboxTrade" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SandboxSwitches" (
    "gateway" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "switches" TEXT NOT NULL,

    PRIMARY KEY ("gateway", "scope")
);

-- CreateTable
CREATE TABLE "Merchant" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "nameZh" TEXT NOT NULL,
    "nameEn" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "accountId" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Product" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "titleZh" TEXT NOT NULL,
    "titleEn" TEXT NOT NULL,
    "descriptionZh" TEXT NOT NULL,
    "descriptionEn" TEXT NOT NULL,
    "priceMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "art" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    CONSTRAINT "Product_merchantId_fkey" FOREIGN KEY ("merchantId") REFERENCES "Merchant" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "BasketLine" (
    "userId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "addedAt" DATETIME NOT NULL,

    PRIMARY KEY ("userId", "productId"),
    CONSTRAINT "BasketLine_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "BasketLine_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "basket_quantity" CHECK ("quantity" BETWEEN 1 AND 99)
);

-- CreateTable
CREATE TABLE "Order" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "totalMinor" BIGINT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "payBy" DATETIME NOT NULL,
    "paidAt" DATETIME,
    CONSTRAINT "Order_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "OrderLine" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "orderId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "productId" TEXT NOT NULL,
    "merchantId" TEXT NOT NULL,
    "merchantKind" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "titleZh" TEXT NOT NULL,
    "titleEn" TEXT NOT NULL,
    "art" TEXT NOT NULL,
    "unitMinor" BIGINT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    CONSTRAINT "OrderLine_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "order_line_amount" CHECK ("amountMinor" = "unitMinor" * "quantity"),
    CONSTRAINT "order_line_positive" CHECK ("quantity" > 0 AND "unitMinor" > 0)
);

-- CreateIndex
CREATE UNIQUE INDEX "Programme_prefix_key" ON "Programme"("prefix");

-- CreateIndex
CREATE UNIQUE INDEX "Card_accountId_key" ON "Card"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Card_numberHmac_key" ON "Card"("numberHmac");

-- CreateIndex
CREATE INDEX "Card_holderId_idx" ON "Card"("holderId");

-- CreateIndex
CREATE INDEX "Card_lastFour_idx" ON "Card"("lastFour");

-- CreateIndex
CREATE INDEX "Card_expiresAt_idx" ON "Card"("expiresAt");

-- CreateIndex
CREATE INDEX "Card_batchId_idx" ON "Card"("batchId");

-- CreateIndex
CREATE INDEX "CardEvent_cardId_at_idx" ON "CardEvent"("cardId", "at");

-- CreateIndex
CREATE INDEX "Throttle_lastAt_idx" ON "Throttle"("lastAt");

-- CreateIndex
CREATE INDEX "CaptchaChallenge_expiresAt_idx" ON "CaptchaChallenge"("expiresAt");

-- CreateIndex
CREATE INDEX "Payment_orderId_idx" ON "Payment"("orderId");

-- CreateIndex
CREATE INDEX "Payment_userId_createdAt_idx" ON "Payment"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "Payment_checkAt_idx" ON "Payment"("checkAt");

-- CreateIndex
CREATE INDEX "Tender_paymentId_idx" ON "Tender"("paymentId");

-- CreateIndex
CREATE INDEX "Tender_cardId_idx" ON "Tender"("cardId");

-- CreateIndex
CREATE INDEX "TenderLine_orderLineId_idx" ON "TenderLine"("orderLineId");

-- CreateIndex
CREATE INDEX "PaymentEvent_paymentId_at_idx" ON "PaymentEvent"("paymentId", "at");

-- CreateIndex
CREATE INDEX "Refund_paymentId_idx" ON "Refund"("paymentId");

-- CreateIndex
CREATE INDEX "Refund_checkAt_idx" ON "Refund"("checkAt");

-- CreateIndex
CREATE INDEX "RefundLine_orderLineId_idx" ON "RefundLine"("orderLineId");

-- CreateIndex
CREATE INDEX "RefundPart_refundId_idx" ON "RefundPart"("refundId");

-- CreateIndex
CREATE INDEX "RefundPart_tenderId_idx" ON "RefundPart"("tenderId");

-- CreateIndex
CREATE INDEX "IdempotencyKey_createdAt_idx" ON "IdempotencyKey"("createdAt");

-- CreateIndex
CREATE INDEX "GatewayNotification_paymentNo_idx" ON "GatewayNotification"("paymentNo");

-- CreateIndex
CREATE INDEX "GatewayNotification_handledAt_idx" ON "GatewayNotification"("handledAt");

-- CreateIndex
CREATE UNIQUE INDEX "GatewayNotification_gateway_externalId_verdict_key" ON "GatewayNotification"("gateway", "externalId", "verdict");

-- CreateIndex
CREATE UNIQUE INDEX "User_phone_key" ON "User"("phone");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "AuditEvent_subjectType_subjectId_at_idx" ON "AuditEvent"("subjectType", "subjectId", "at");

-- CreateIndex
CREATE INDEX "AuditEvent_actorId_at_idx" ON "AuditEvent"("actorId", "at");

-- CreateIndex
CREATE INDEX "AuditEvent_at_idx" ON "AuditEvent"("at");

-- CreateIndex
CREATE INDEX "Account_code_idx" ON "Account"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Transfer_pendingId_key" ON "Transfer"("pendingId");

-- CreateIndex
CREATE INDEX "Transfer_debitAccountId_idx" ON "Transfer"("debitAccountId");

-- CreateIndex
CREATE INDEX "Transfer_creditAccountId_idx" ON "Transfer"("creditAccountId");

-- CreateIndex
CREATE INDEX "Transfer_reference_idx" ON "Transfer"("reference");

-- CreateIndex
CREATE INDEX "Transfer_kind_timeoutAt_idx" ON "Transfer"("kind", "timeoutAt");

-- CreateIndex
CREATE INDEX "Entry_transferId_idx" ON "Entry"("transferId");

-- CreateIndex
CREATE INDEX "OutboxMessage_deliveredAt_availableAt_idx" ON "OutboxMessage"("deliveredAt", "availableAt");

-- CreateIndex
CREATE INDEX "InboxMessage_userId_at_idx" ON "InboxMessage"("userId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "SandboxTrade_tradeNo_key" ON "SandboxTrade"("tradeNo");

-- CreateIndex
CREATE UNIQUE INDEX "SandboxTrade_gateway_outTradeNo_key" ON "SandboxTrade"("gateway", "outTradeNo");

-- CreateIndex
CREATE UNIQUE INDEX "SandboxRefund_tradeId_outRequestNo_key" ON "SandboxRefund"("tradeId", "outRequestNo");

-- CreateIndex
CREATE INDEX "SandboxNotification_state_dueAt_idx" ON "SandboxNotification"("state", "dueAt");

-- CreateIndex
CREATE INDEX "SandboxNotification_tradeId_idx" ON "SandboxNotification"("tradeId");

-- CreateIndex
CREATE UNIQUE INDEX "Merchant_accountId_key" ON "Merchant"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Product_slug_key" ON "Product"("slug");

-- CreateIndex
CREATE INDEX "Product_category_position_idx" ON "Product"("category", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Order_number_key" ON "Order"("number");

-- CreateIndex
CREATE INDEX "Order_userId_createdAt_idx" ON "Order"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "OrderLine_orderId_idx" ON "OrderLine"("orderId");
