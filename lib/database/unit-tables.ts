/** The tables a unit of work may touch (the PostgreSQL function `unit_table` lists the same). */
const UNIT_TABLES = [
  'Payment',
  'Tender',
  'TenderLine',
  'PaymentEvent',
  'Order',
  'Refund',
  'RefundPart',
  'RefundLine',
  'Card',
  'CardEvent',
  'CardBatch',
  'OutboxMessage',
  'AuditEvent',
  'GatewayNotification',
  'Account',
  'CardPurchase',
  'Invoice',
  'Shipment',
  'Gift',
  'CardSetting',
  'RetiredNumber',
  'CardRequest',
  'CardReminder',
  'Withdrawal',
] as const;

export type UnitTable = (typeof UNIT_TABLES)[number];

const names: ReadonlySet<string> = new Set(UNIT_TABLES);

export function isUnitTable(name: string): name is UnitTable {
  return names.has(name);
}
