import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { ledgerWith, testNow } from '@/lib/ledger/testing';

let test: TestDatabase;

const at = `'2026-11-23 02:00:00'`;

const payment = (over: { id?: string; order?: string; user?: string } = {}) =>
  `INSERT INTO "Payment" ("id", "orderId", "userId", "state", "currency", "amountMinor", "cardMinor", "externalMinor", "createdAt")
   VALUES ('${over.id ?? 'pay_2'}', '${over.order ?? 'ord_2'}', '${over.user ?? 'usr_1'}', 'HELD', 'CNY', 100, 100, 0, ${at})`;
const tender = (over: { id?: string; payment?: string; card?: string } = {}) =>
  `INSERT INTO "Tender" ("id", "paymentId", "kind", "position", "cardId", "amountMinor", "state")
   VALUES ('${over.id ?? 'tnd_2'}', '${over.payment ?? 'pay_1'}', 'card', 1, '${over.card ?? 'crd_1'}', 100, 'AUTHORIZED')`;
const tenderLine = (tenderId: string, lineId: string) =>
  `INSERT INTO "TenderLine" ("tenderId", "orderLineId", "amountMinor") VALUES ('${tenderId}', '${lineId}', 100)`;
const event = (paymentId: string) =>
  `INSERT INTO "PaymentEvent" ("id", "paymentId", "event", "toState", "at") VALUES ('evt_${paymentId}', '${paymentId}', 'opened', 'OPEN', ${at})`;
const refund = (id: string, paymentId: string) =>
  `INSERT INTO "Refund" ("id", "paymentId", "state", "amountMinor", "policy", "createdAt") VALUES ('${id}', '${paymentId}', 'PENDING', 1, 'CARD_FIRST', ${at})`;
const refundPart = (id: string, refundId: string, tenderId: string) =>
  `INSERT INTO "RefundPart" ("id", "refundId", "tenderId", "amountMinor", "state") VALUES ('${id}', '${refundId}', '${tenderId}', 1, 'PENDING')`;
const refundLine = (partId: string, lineId: string) =>
  `INSERT INTO "RefundLine" ("partId", "orderLineId", "amountMinor") VALUES ('${partId}', '${lineId}', 1)`;

beforeEach(async () => {
  test = await openTestDatabase();
  await ledgerWith(test.db, [1_000n]);
  const createdAt = testNow;
  for (const id of ['usr_1', 'usr_2']) {
    await test.db.user.create({
      data: { id, name: 'n', passwordHash: '-', role: 'shopper', locale: 'en', createdAt },
    });
  }
  await test.db.programme.create({
    data: {
      id: 'p',
      nameZh: '卡',
      nameEn: 'Card',
      kind: 'anonymous',
      medium: 'electronic',
      currency: 'CNY',
      policyPack: 'free',
      prefix: '9199',
      faceValues: '{}',
      spendingRule: '{}',
      colourFrom: '#000000',
      colourTo: '#000000',
      createdAt,
    },
  });
  const secrets = {
    numberHmac: 'n',
    numberKey: 1,
    passwordScheme: 'hmac',
    passwordKey: 1,
    passwordHash: '-',
  };
  await test.db.card.create({
    data: {
      id: 'crd_1',
      programmeId: 'p',
      accountId: 'card-0',
      lastFour: '0000',
      state: 'active',
      faceMinor: 1_000n,
      createdAt,
      ...secrets,
    },
  });
  await test.db.merchant.create({
    data: { id: 'self', nameZh: '店', nameEn: 'Shop', kind: 'self', accountId: 'merchant:self' },
  });
  for (const id of ['ord_1', 'ord_2']) {
    const order = { number: id, userId: 'usr_1', state: 'open', currency: 'CNY', totalMinor: 100n };
    await test.db.order.create({ data: { id, ...order, createdAt, payBy: createdAt } });
  }
  await test.raw(`INSERT INTO "OrderLine" ("id", "orderId", "position", "productId", "merchantId", "merchantKind", "category", "kind",
      "titleZh", "titleEn", "art", "unitMinor", "quantity", "amountMinor")
    VALUES ('orl_1', 'ord_1', 0, 'p', 'm', 'self', 'home', 'goods', '杯', 'Cup', 'cup', 100, 1, 100)`);
  for (const sql of [
    payment({ id: 'pay_1', order: 'ord_1' }),
    tender({ id: 'tnd_1' }),
    tenderLine('tnd_1', 'orl_1'),
    event('pay_1'),
    refund('rfd_1', 'pay_1'),
    refundPart('rft_1', 'rfd_1', 'tnd_1'),
    refundLine('rft_1', 'orl_1'),
  ]) {
    await test.raw(sql);
  }
});
afterEach(() => test.close());

describe('what a row refers to exists', () => {
  const dangling: Record<string, string> = {
    'a payment of no order': payment({ order: 'none' }),
    'a payment of nobody': payment({ user: 'none' }),
    'a tender of no payment': tender({ payment: 'none' }),
    'a tender of no card': tender({ card: 'none' }),
    'a tender line of no tender': tenderLine('none', 'orl_1'),
    'a tender line of no order line': tenderLine('tnd_1', 'none'),
    'an event of no payment': event('none'),
    'a refund of no payment': refund('rfd_2', 'none'),
    'a refund part of no refund': refundPart('rft_2', 'none', 'tnd_1'),
    'a refund part of no tender': refundPart('rft_2', 'rfd_1', 'none'),
    'a refund line of no part': refundLine('none', 'orl_1'),
    'a refund line of no order line': refundLine('rft_1', 'none'),
  };

  for (const [what, sql] of Object.entries(dangling)) {
    it(`${what} is refused`, () => expect(test.raw(sql)).rejects.toThrow());
  }

  it('and what exists is taken', async () => {
    await test.raw(payment());
    await test.raw(tender({ payment: 'pay_2' }));
    expect(await test.db.tender.count()).toBe(2);
  });
});

describe('what money refers to is kept', () => {
  const kept: Record<string, readonly string[]> = {
    Card: ['id'],
    Merchant: ['id', 'accountId'],
    Order: ['id', 'userId'],
    OrderLine: ['id'],
    Payment: ['id', 'orderId', 'userId'],
    Tender: ['id', 'paymentId', 'cardId'],
    TenderLine: ['tenderId', 'orderLineId'],
    PaymentEvent: ['paymentId', 'toState'],
    Refund: ['id', 'paymentId'],
    RefundPart: ['id', 'refundId', 'tenderId'],
    RefundLine: ['partId', 'amountMinor'],
  };
  const message = /refused|violates/;

  for (const [table, columns] of Object.entries(kept)) {
    it(`no row of ${table} is deleted, nor given to another`, async () => {
      await expect(test.raw(`DELETE FROM "${table}"`)).rejects.toThrow(message);
      for (const column of columns) {
        const same = `UPDATE "${table}" SET "${column}" = "${column}"`;
        await expect(test.raw(same)).rejects.toThrow(message);
      }
    });
  }

  it('a user keeps the id, and an account too', async () => {
    await expect(test.raw(`UPDATE "User" SET "id" = 'usr_3' WHERE "id" = 'usr_2'`)).rejects.toThrow(message);
    await expect(test.raw(`UPDATE "Account" SET "id" = 'x' WHERE "id" = 'card-0'`)).rejects.toThrow(
      /refused|identity/,
    );
  });
});
