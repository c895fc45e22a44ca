/**
 * What the databases themselves refuse, in SQL that both speak. The draft of a migration writes each new rule into
 * the table (SQLite) or adds it as a constraint (PostgreSQL).
 */
export const checks: { table: string; name: string; expression: string }[] = [
  {
    table: 'Account',
    name: 'account_balances_not_negative',
    expression:
      '"debitsPending" >= 0 AND "debitsPosted" >= 0 AND "creditsPending" >= 0 AND "creditsPosted" >= 0',
  },
  {
    table: 'Account',
    name: 'account_not_overdrawn',
    expression: 'NOT "limited" OR "debitsPending" + "debitsPosted" <= "creditsPosted"',
  },
  { table: 'Transfer', name: 'transfer_amount_positive', expression: '"amount" > 0' },
  { table: 'Transfer', name: 'transfer_two_accounts', expression: '"debitAccountId" <> "creditAccountId"' },
  {
    table: 'Transfer',
    name: 'transfer_kind',
    expression: `"kind" IN ('posted', 'pending', 'post_pending', 'void_pending')`,
  },
  {
    table: 'Transfer',
    name: 'transfer_ends_a_hold',
    expression: `("pendingId" IS NOT NULL) = ("kind" IN ('post_pending', 'void_pending'))`,
  },
  { table: 'Entry', name: 'entry_amount_not_zero', expression: '"amount" <> 0' },
  { table: 'Entry', name: 'entry_balance_not_negative', expression: '"balanceAfter" >= 0' },
  { table: 'Card', name: 'card_state', expression: `"state" IN ('issued', 'active', 'frozen', 'closed')` },
  { table: 'Card', name: 'card_bound_together', expression: '("holderId" IS NULL) = ("boundAt" IS NULL)' },
  { table: 'BasketLine', name: 'basket_quantity', expression: '"quantity" BETWEEN 1 AND 99' },
  { table: 'OrderLine', name: 'order_line_amount', expression: '"amountMinor" = "unitMinor" * "quantity"' },
  { table: 'OrderLine', name: 'order_line_positive', expression: '"quantity" > 0 AND "unitMinor" > 0' },
  {
    table: 'Payment',
    name: 'payment_parts',
    expression:
      '"amountMinor" > 0 AND "cardMinor" >= 0 AND "externalMinor" >= 0 AND "amountMinor" = "cardMinor" + "externalMinor"',
  },
  {
    table: 'Payment',
    name: 'payment_refunded',
    expression: '"refundedMinor" >= 0 AND "refundedMinor" <= "amountMinor"',
  },
  {
    table: 'Tender',
    name: 'tender_refunded',
    expression: '"amountMinor" > 0 AND "refundedMinor" >= 0 AND "refundedMinor" <= "amountMinor"',
  },
  {
    table: 'Tender',
    name: 'tender_source',
    expression: `("kind" = 'card' AND "cardId" IS NOT NULL) OR ("kind" = 'external' AND "gateway" IS NOT NULL)`,
  },
  {
    table: 'TenderLine',
    name: 'tender_line_refunded',
    expression: '"amountMinor" > 0 AND "refundedMinor" >= 0 AND "refundedMinor" <= "amountMinor"',
  },
  { table: 'Refund', name: 'refund_positive', expression: '"amountMinor" > 0' },
  { table: 'RefundLine', name: 'refund_line_positive', expression: '"amountMinor" > 0' },
  { table: 'RefundPart', name: 'refund_part_positive', expression: '"amountMinor" > 0' },
  {
    table: 'CardPurchase',
    name: 'purchase_withdrawn_cards',
    expression: '"withdrawnCards" BETWEEN 0 AND "quantity"',
  },
  {
    table: 'Invoice',
    name: 'invoice_issued',
    expression: `("issuedAt" IS NULL OR "number" IS NOT NULL) AND ("state" <> 'issued' OR "issuedAt" IS NOT NULL)`,
  },
  {
    table: 'Invoice',
    name: 'invoice_reversed',
    expression: `("reversalNumber" IS NULL) = ("reversedAt" IS NULL) AND ("reversalNumber" IS NULL OR ("state" = 'cancelled' AND "number" IS NOT NULL AND "reversalNumber" <> "number"))`,
  },
  { table: 'Withdrawal', name: 'withdrawal_positive', expression: '"cards" > 0 AND "amountMinor" > 0' },
  { table: 'Withdrawal', name: 'withdrawal_state', expression: `"state" IN ('returning', 'returned')` },
];
