import type { Words } from './fill-ledger';

/** The payments, orders and tenders that the filled transfers belong to, so that the audit of payments has its work. */
export function paymentStatements(
  { at, id, series }: Words,
  { cards, merchants, payments }: { cards: number; merchants: number; payments: number },
): string[] {
  const all = series(cards * payments);
  const merchant = (index: string) => `'fill-merchant-' || CAST((${index}) % ${merchants} AS TEXT)`;
  const made = at(`${cards} + g * 2`);
  return [
    `INSERT INTO "User" ("id", "name", "passwordHash", "role", "locale", "createdAt")
     VALUES ('fill-user', 'fill', '-', 'shopper', 'en', ${at('0')})`,
    `INSERT INTO "Programme" ("id", "nameZh", "nameEn", "kind", "medium", "currency", "policyPack", "prefix", "faceValues",
     "spendingRule", "colourFrom", "colourTo", "createdAt")
     VALUES ('fill', '卡', 'Card', 'anonymous', 'electronic', 'CNY', 'free', '9198', '{}', '{}', '#000000', '#000000', ${at('0')})`,
    `INSERT INTO "Card" ("id", "programmeId", "accountId", "numberHmac", "numberKey", "lastFour", "passwordScheme", "passwordKey",
     "passwordHash", "state", "faceMinor", "holderId", "boundAt", "createdAt") ${series(cards)}
     SELECT ${id('crd', 'g')}, 'fill', 'fill-card-' || CAST(g AS TEXT), ${id('number', 'g')}, 1, '0000', 'hmac', 1, '-', 'active', 1000000,
     'fill-user', ${at('g')}, ${at('g')} FROM n`,
    `INSERT INTO "Merchant" ("id", "nameZh", "nameEn", "kind", "accountId") ${series(merchants)}
     SELECT ${merchant('g')}, '商家', 'Merchant', 'self', ${merchant('g')} FROM n`,
    `INSERT INTO "Order" ("id", "number", "userId", "state", "currency", "totalMinor", "createdAt", "payBy", "paidAt") ${all}
     SELECT ${id('order', 'g')}, ${id('no', 'g')}, 'fill-user', 'paid', 'CNY', 300, ${made}, ${made}, ${made} FROM n`,
    `INSERT INTO "OrderLine" ("id", "orderId", "position", "productId", "merchantId", "merchantKind", "category", "kind", "titleZh",
     "titleEn", "art", "unitMinor", "quantity", "amountMinor") ${all}
     SELECT ${id('line', 'g')}, ${id('order', 'g')}, 0, 'p', ${merchant('g')}, 'self', 'home', 'goods', '杯', 'Cup', 'cup', 300, 1, 300 FROM n`,
    `INSERT INTO "Payment" ("id", "orderId", "userId", "state", "currency", "amountMinor", "cardMinor", "externalMinor", "createdAt",
     "settledAt") ${all}
     SELECT ${id('payment', 'g')}, ${id('order', 'g')}, 'fill-user', 'PAID', 'CNY', 300, 300, 0, ${made}, ${made} FROM n`,
    `INSERT INTO "Tender" ("id", "paymentId", "kind", "position", "cardId", "amountMinor", "state") ${all}
     SELECT ${id('tender', 'g')}, ${id('payment', 'g')}, 'card', 0, ${id('crd', `g % ${cards}`)}, 300, 'CAPTURED' FROM n`,
    `INSERT INTO "TenderLine" ("tenderId", "orderLineId", "amountMinor") ${all}
     SELECT ${id('tender', 'g')}, ${id('line', 'g')}, 300 FROM n`,
  ];
}
