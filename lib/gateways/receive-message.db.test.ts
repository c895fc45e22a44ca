import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { alipayGateway } from './alipay/gateway';
import { KEYS, testConfig } from './alipay/testing';
import type { GatewayNotification } from './port';
import { type NotificationHandler, receiveGatewayMessage } from './receive-message';
import { signMessage } from './sandbox/signature';

const gateway = alipayGateway(testConfig());
const now = new Date('2026-03-01T04:00:00Z');

let database: TestDatabase;
let acted: GatewayNotification[];
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  acted = [];
});
afterEach(() => database.db.gatewayNotification.deleteMany());

const handler: NotificationHandler = {
  expected: async (_, paymentNo) => (paymentNo === 'tnd_1' ? { amountMinor: 12_250n } : null),
  receive: async (_, notification) => {
    acted.push(notification);
  },
};

const body = (change: Record<string, string> = {}) =>
  new URLSearchParams(
    signMessage(
      {
        notify_type: 'trade_status_sync',
        notify_id: 'n1',
        app_id: testConfig().appId,
        seller_id: testConfig().sellerId,
        out_trade_no: 'tnd_1',
        trade_no: '2026030122001',
        trade_status: 'TRADE_SUCCESS',
        total_amount: '122.50',
        ...change,
      },
      KEYS.gateway.privateKeyPem,
    ),
  ).toString();

const post = (text: string, at = now, to: NotificationHandler = handler) =>
  receiveGatewayMessage(
    { db: database.db, now: at },
    { gateway, message: { headers: new Headers(), body: text }, handler: to },
  );
const rows = () => database.db.gatewayNotification.findMany();

test('a genuine message is kept, acted on and acknowledged', async () => {
  expect(await post(body())).toMatchObject({ status: 200, body: 'success' });
  expect(acted).toHaveLength(1);
  expect(await rows()).toMatchObject([{ externalId: 'n1', verdict: 'verified', handledAt: now }]);
});

test('a repeated message is acknowledged and not acted on again', async () => {
  await post(body());
  expect(await post(body())).toMatchObject({ body: 'success' });
  expect(acted).toHaveLength(1);
  expect(await rows()).toHaveLength(1);
});

test('copies that arrive together are kept once and all acknowledged', async () => {
  const replies = await Promise.all([post(body()), post(body()), post(body()), post(body())]);
  expect(new Set(replies.map((reply) => reply.body))).toEqual(new Set(['success']));
  expect(await rows()).toHaveLength(1);
});

test('a message that could not be acted on is acted on when it comes again', async () => {
  const broken: NotificationHandler = {
    ...handler,
    receive: async () => {
      throw new Error('the database went away');
    },
  };
  await expect(post(body(), now, broken)).rejects.toThrow('went away');
  expect(await rows()).toMatchObject([{ verdict: 'verified', handledAt: null }]);
  expect(await post(body())).toMatchObject({ body: 'success' });
  expect(acted).toHaveLength(1);
});

describe('a message that is refused changes nothing and is kept as refused', () => {
  test.each([
    ['a wrong signature', `${body()}&x=1`, 'bad_signature'],
    ['another app', body({ app_id: '2021000000000009' }), 'wrong_app'],
    ['another amount', body({ total_amount: '0.01' }), 'amount_mismatch'],
    ['a payment that is not ours', body({ out_trade_no: 'tnd_2' }), 'unknown_payment'],
    ['no sense', 'hello', 'malformed'],
    ['bytes that no database keeps as text', 'a=\0', 'malformed'],
  ])('%s', async (_, text, code) => {
    expect(await post(text)).toMatchObject({ body: 'failure' });
    expect(acted).toEqual([]);
    const [row, ...others] = await rows();
    expect(others).toEqual([]);
    expect(row?.verdict).toBe('refused');
    expect(row?.externalId.startsWith(`${code}:`)).toBe(true);
  });

  test('and does not block the genuine message of the same id', async () => {
    await post(body({ total_amount: '0.01' }));
    expect(await post(body())).toMatchObject({ body: 'success' });
    expect(acted).toHaveLength(1);
  });

  test('and the same one ten times at once is kept once', async () => {
    const replies = await Promise.all(Array.from({ length: 10 }, () => post('rubbish=1')));
    expect(new Set(replies.map((reply) => reply.body))).toEqual(new Set(['failure']));
    expect(await rows()).toHaveLength(1);
  });

  test('and a flood of them is not kept', async () => {
    for (let index = 0; index < 65; index += 1) await post(`rubbish=${index}`);
    expect(await rows()).toHaveLength(60);
    const later = new Date(now.getTime() + 61_000);
    await post('rubbish=later', later);
    expect(await rows()).toHaveLength(61);
  });
});
