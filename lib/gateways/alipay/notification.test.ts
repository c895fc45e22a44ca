import { describe, expect, test } from 'vitest';
import { checkNotification } from '../port';
import { signMessage, spoilSignature } from '../sandbox/signature';
import { alipayGateway } from './gateway';
import { KEYS, testConfig } from './testing';

const gateway = alipayGateway(testConfig());

const PAID = {
  notify_time: '2026-03-01 12:01:03',
  notify_type: 'trade_status_sync',
  notify_id: '2026030100222120103012345678',
  charset: 'utf-8',
  version: '1.0',
  app_id: testConfig().appId,
  seller_id: testConfig().sellerId,
  out_trade_no: 'tnd_1',
  trade_no: '2026030122001',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '122.50',
  subject: '福选 100% 好 + 卡',
  gmt_payment: '2026-03-01 12:01:02',
};

const receive = (body: string) => gateway.parseNotification({ headers: new Headers(), body });
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const signed = (fields: Record<string, string>) => form(signMessage(fields, KEYS.gateway.privateKeyPem));

describe('a genuine notification', () => {
  test('is read, its text decoded once', async () => {
    expect(await receive(signed(PAID))).toEqual({
      ok: true,
      value: {
        gateway: 'alipay',
        notifyId: PAID.notify_id,
        paymentNo: 'tnd_1',
        amountMinor: 12_250n,
        outcome: {
          status: 'succeeded',
          gatewayTradeNo: '2026030122001',
          amountMinor: 12_250n,
          paidAt: new Date('2026-03-01T04:01:02Z'),
          refundable: true,
        },
      },
    });
  });

  test.each([
    [{ trade_status: 'TRADE_FINISHED' }, { status: 'succeeded', refundable: false }],
    [{ trade_status: 'WAIT_BUYER_PAY' }, { status: 'pending' }],
    [{ trade_status: 'TRADE_CLOSED' }, { status: 'failed', reason: 'refunded' }],
    [{ refund_fee: '50.00', gmt_refund: '2026-03-01 13:00:00' }, { status: 'succeeded' }],
  ])('tells %j', async (change, outcome) => {
    expect(await receive(signed({ ...PAID, ...change }))).toMatchObject({ value: { outcome } });
  });

  test('of a closed trade that was never paid says so', async () => {
    const { gmt_payment: _, ...unpaid } = PAID;
    const body = signed({ ...unpaid, trade_status: 'TRADE_CLOSED' });
    expect(await receive(body)).toMatchObject({ value: { outcome: { status: 'failed', reason: 'closed' } } });
  });
});

describe('a message is refused', () => {
  const genuine = signMessage(PAID, KEYS.gateway.privateKeyPem);

  test.each([
    ['changed after signing', form({ ...genuine, total_amount: '1.00' }), 'bad_signature'],
    ['with a field added', form({ ...genuine, extra: '1' }), 'bad_signature'],
    [
      'with a wrong signature',
      form({ ...genuine, sign: spoilSignature(KEYS.gateway.privateKeyPem) }),
      'bad_signature',
    ],
    ['with a signature that is none', form({ ...genuine, sign: '%%%' }), 'bad_signature'],
    ['signed with our own key', form(signMessage(PAID, KEYS.merchant.privateKeyPem)), 'bad_signature'],
    ['that asks for the weaker algorithm', form({ ...genuine, sign_type: 'RSA' }), 'bad_signature'],
    ['without a signature', form(PAID), 'malformed'],
    ['naming a field twice', `${form(genuine)}&total_amount=1.00`, 'malformed'],
    ['of another kind', signed({ ...PAID, notify_type: 'dut_user_sign' }), 'malformed'],
    ['that is a return of the shopper', signed({ app_id: PAID.app_id, out_trade_no: 'tnd_1' }), 'malformed'],
    ['with an amount that is none', signed({ ...PAID, total_amount: '1e2' }), 'malformed'],
    ['for another app', signed({ ...PAID, app_id: '2021000000000009' }), 'wrong_app'],
    ['for another seller', signed({ ...PAID, seller_id: '2088000000000009' }), 'wrong_seller'],
    ['that is empty', '', 'malformed'],
  ])('%s', async (_, body, code) => {
    expect(await receive(body)).toEqual({ ok: false, refusal: { code } });
  });

  test('when our records hold no such payment, or another amount', async () => {
    const received = await receive(signed(PAID));
    if (!received.ok) throw new Error('refused');
    expect(checkNotification(received.value, null)).toEqual({ code: 'unknown_payment' });
    expect(checkNotification(received.value, { amountMinor: 12_251n })).toEqual({ code: 'amount_mismatch' });
    expect(checkNotification(received.value, { amountMinor: 12_250n })).toBeNull();
  });
});

test('the gateway is answered with exactly its word', () => {
  expect(gateway.acknowledge(true).body).toBe('success');
  expect(gateway.acknowledge(false).body).toBe('failure');
});
