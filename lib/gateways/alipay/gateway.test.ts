import { createVerify } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { PaymentInquiry, RefundRequest } from '../port';
import { signText } from '../sandbox/signature';
import { alipayGateway } from './gateway';
import { NOT_STARTED_GRACE_MS } from './payment-answers';
import { signedText } from './protocol';
import { fakeGateway, KEYS, signedReply, testConfig } from './testing';

const now = new Date('2026-03-01T04:00:00Z');
const expiresAt = new Date('2026-03-01T04:15:00Z');
const inquiry: PaymentInquiry = { paymentNo: 'tnd_1', amountMinor: 12_250n, expiresAt, now };
const refund: RefundRequest = {
  paymentNo: 'tnd_1',
  refundNo: 'rft_1',
  amountMinor: 5_000n,
  reason: '退货',
  now,
};
const afterGrace = new Date(expiresAt.getTime() + NOT_STARTED_GRACE_MS);

const PAID = {
  code: '10000',
  msg: 'Success',
  out_trade_no: 'tnd_1',
  trade_no: '2026030122001',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '122.50',
  send_pay_date: '2026-03-01 12:01:02',
};
const MISSING = {
  code: '40004',
  msg: 'Business Failed',
  sub_code: 'ACQ.TRADE_NOT_EXIST',
  out_trade_no: 'tnd_1',
};

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function gatewayAnswering(reply: Parameters<typeof fakeGateway>[0]) {
  const server = await fakeGateway(reply);
  open.push(server);
  return alipayGateway(testConfig({ gatewayUrl: server.url }));
}

const answering = (answers: Record<string, object>) =>
  gatewayAnswering((method) => ({ text: signedReply(method, answers[method] ?? MISSING) }));

describe('the cashier address', () => {
  const gateway = alipayGateway(testConfig());
  const request = {
    ...inquiry,
    subject: '福选 订单/1&2=3',
    mode: 'desktop' as const,
    returnUrl: 'https://shop.example/r',
  };

  test('carries our number, the exact amount and the expiry, signed over all of it', async () => {
    const created = await gateway.create(request);
    if (created.status !== 'ready' || created.next.kind !== 'redirect') throw new Error('no address');
    const fields = Object.fromEntries(new URL(created.next.url).searchParams);
    expect(JSON.parse(fields.biz_content ?? '')).toEqual({
      out_trade_no: 'tnd_1',
      total_amount: '122.50',
      subject: '福选 订单 1 2 3',
      product_code: 'FAST_INSTANT_TRADE_PAY',
      time_expire: '2026-03-01 12:15:00',
    });
    expect(fields).toMatchObject({
      method: 'alipay.trade.page.pay',
      timestamp: '2026-03-01 12:00:00',
      return_url: 'https://shop.example/r',
      sign_type: 'RSA2',
    });
    const verifier = createVerify('RSA-SHA256').update(signedText(fields, ['sign']));
    expect(verifier.verify(KEYS.merchant.publicKeyPem, fields.sign ?? '', 'base64')).toBe(true);
  });

  test('is the phone page on a phone', async () => {
    const created = await gateway.create({ ...request, mode: 'mobile' });
    if (created.status !== 'ready' || created.next.kind !== 'redirect') throw new Error('no address');
    expect(created.next.url).toContain('alipay.trade.wap.pay');
    expect(created.next.url).toContain('QUICK_WAP_WAY');
  });

  test.each([0n, 10_000_000_001n])('is refused for %d fen', async (amountMinor) => {
    expect(await gateway.create({ ...request, amountMinor })).toEqual({
      status: 'failed',
      reason: 'amount_out_of_range',
    });
  });

  test('is refused for an expiry that Alipay would not honour', async () => {
    const soon = new Date(now.getTime() + 59_000);
    expect(await gateway.create({ ...request, expiresAt: soon })).toEqual({
      status: 'failed',
      reason: 'expiry_out_of_range',
    });
  });
});

describe('a query', () => {
  test('tells a paid trade with its number, amount and time', async () => {
    const gateway = await answering({ 'alipay.trade.query': PAID });
    expect(await gateway.query(inquiry)).toEqual({
      status: 'succeeded',
      gatewayTradeNo: '2026030122001',
      amountMinor: 12_250n,
      paidAt: new Date('2026-03-01T04:01:02Z'),
      refundable: true,
    });
  });

  test.each([
    ['WAIT_BUYER_PAY', undefined, { status: 'pending', stage: 'awaiting_payer' }],
    ['TRADE_CLOSED', undefined, { status: 'failed', reason: 'closed' }],
    ['TRADE_CLOSED', '2026-03-01 12:01:02', { status: 'failed', reason: 'refunded' }],
  ])('reads %s, paid %s', async (state, paid, outcome) => {
    const { send_pay_date: _, ...unpaid } = PAID;
    const answer = { ...unpaid, trade_status: state, ...(paid ? { send_pay_date: paid } : {}) };
    const gateway = await answering({ 'alipay.trade.query': answer });
    expect(await gateway.query(inquiry)).toEqual(outcome);
  });

  test('a trade that does not exist is not dead before its expiry and the grace are over', async () => {
    const gateway = await answering({});
    expect(await gateway.query(inquiry)).toEqual({ status: 'pending', stage: 'not_started' });
    const justBefore = new Date(afterGrace.getTime() - 1);
    expect(await gateway.query({ ...inquiry, now: justBefore })).toEqual({
      status: 'pending',
      stage: 'not_started',
    });
    expect(await gateway.query({ ...inquiry, now: afterGrace })).toEqual({
      status: 'failed',
      reason: 'never_started',
    });
  });

  test.each([
    ['another trade', { ...PAID, out_trade_no: 'tnd_2' }, 'mismatch'],
    ['another amount', { ...PAID, total_amount: '0.01' }, 'mismatch'],
    ['a missing trade of another number', { ...MISSING, out_trade_no: 'tnd_2' }, 'mismatch'],
    ['an unfamiliar state', { ...PAID, trade_status: 'TRADE_PENDING' }, 'not_understood'],
    ['an unfamiliar refusal', { code: '40004', sub_code: 'ACQ.NEW' }, 'not_understood'],
    ['no permission', { code: '40006', sub_code: 'isv.insufficient-isv-permissions' }, 'not_understood'],
    ['a busy system', { code: '20000', sub_code: 'isp.unknow-error' }, 'server_error'],
    ['a system error', { code: '40004', sub_code: 'ACQ.SYSTEM_ERROR' }, 'server_error'],
  ])('an answer about %s proves nothing, even late', async (_, answer, reason) => {
    const gateway = await answering({ 'alipay.trade.query': answer });
    expect(await gateway.query({ ...inquiry, now: afterGrace })).toMatchObject({ status: 'unknown', reason });
  });
});

test('an answer with escaped slashes is verified over its exact text', async () => {
  const text = JSON.stringify({ ...PAID, store_name: 'a/b' }).replace('a/b', 'a\\/b');
  const sign = signText(text, KEYS.gateway.privateKeyPem);
  const gateway = await gatewayAnswering(() => ({
    text: `{"alipay_trade_query_response":${text},"sign":"${sign}"}`,
  }));
  expect(await gateway.query(inquiry)).toMatchObject({ status: 'succeeded' });
});

describe('an answer that cannot be trusted is no answer', () => {
  const method = 'alipay.trade.query';
  const genuine = signedReply(method, PAID);
  const waiting = JSON.stringify({ ...PAID, trade_status: 'WAIT_BUYER_PAY' });

  test.each([
    ['signed with another key', signedReply(method, PAID, KEYS.merchant.privateKeyPem)],
    ['without a signature', JSON.stringify({ alipay_trade_query_response: PAID })],
    ['changed after signing', genuine.replace('122.50', '122.51')],
    ['naming its key twice', `${genuine.slice(0, -1)},"alipay_trade_query_response":${waiting}}`],
    ['of another method', signedReply('alipay.trade.close', PAID)],
    [
      'as an unsigned error',
      '{"error_response":{"code":"40004","sub_code":"ACQ.TRADE_NOT_EXIST"},"sign":"x"}',
    ],
    ['that is not JSON', '<html>busy</html>'],
    ['that is empty', ''],
  ])('%s', async (_, text) => {
    const gateway = await gatewayAnswering(() => ({ text }));
    expect(await gateway.query({ ...inquiry, now: afterGrace })).toMatchObject({
      status: 'unknown',
      reason: 'unverifiable',
    });
  });

  test.each([
    [502, 'server_error'],
    [404, 'not_understood'],
  ])('with HTTP %d', async (status, reason) => {
    const gateway = await gatewayAnswering((called) => ({ status, text: signedReply(called, PAID) }));
    expect(await gateway.query(inquiry)).toMatchObject({ status: 'unknown', reason });
  });

  test('that never comes is given up after the configured wait', async () => {
    const gateway = await gatewayAnswering(() => null);
    expect(await gateway.query(inquiry)).toMatchObject({ status: 'unknown', reason: 'timeout' });
  });

  test('from a gateway that is not there', async () => {
    expect(await alipayGateway(testConfig()).query(inquiry)).toMatchObject({
      status: 'unknown',
      reason: 'network',
    });
  });
});

describe('a close', () => {
  const statusError = { code: '40004', sub_code: 'ACQ.TRADE_STATUS_ERROR', out_trade_no: 'tnd_1' };

  test('that the gateway carried out proves the payment dead', async () => {
    const gateway = await answering({
      'alipay.trade.close': { code: '10000', out_trade_no: 'tnd_1', trade_no: '1' },
    });
    expect(await gateway.close(inquiry)).toEqual({ status: 'failed', reason: 'closed' });
  });

  test('of a paid trade answers that it was paid', async () => {
    const gateway = await answering({ 'alipay.trade.close': statusError, 'alipay.trade.query': PAID });
    expect(await gateway.close(inquiry)).toMatchObject({ status: 'succeeded', amountMinor: 12_250n });
  });

  test('of a trade nobody visited proves nothing by itself', async () => {
    const gateway = await answering({});
    expect(await gateway.close(inquiry)).toEqual({ status: 'pending', stage: 'not_started' });
    expect(await gateway.close({ ...inquiry, now: afterGrace })).toEqual({
      status: 'failed',
      reason: 'never_started',
    });
  });
});

describe('a refund', () => {
  const made = { code: '10000', out_trade_no: 'tnd_1', fund_change: 'Y', refund_fee: '50.00' };
  const found = {
    code: '10000',
    out_trade_no: 'tnd_1',
    out_request_no: 'rft_1',
    refund_amount: '50.00',
    refund_status: 'REFUND_SUCCESS',
    gmt_refund_pay: '2026-03-01 12:00:05',
  };
  const none = { code: '10000', msg: 'Success' };
  const calls = (refundAnswer: object, queryAnswer: object) =>
    answering({ 'alipay.trade.refund': refundAnswer, 'alipay.trade.fastpay.refund.query': queryAnswer });

  test('is made when the funds changed', async () => {
    expect(await (await calls(made, none)).refund(refund)).toMatchObject({
      status: 'succeeded',
      amountMinor: 5_000n,
    });
  });

  test('replayed without a change of funds is made only if the gateway has it', async () => {
    const replayed = { ...made, fund_change: 'N' };
    expect(await (await calls(replayed, found)).refund(refund)).toMatchObject({ status: 'succeeded' });
    expect(await (await calls(replayed, none)).refund(refund)).toEqual({ status: 'pending' });
  });

  test('refused because an earlier try went through counts as made', async () => {
    const refused = { code: '40004', sub_code: 'ACQ.TRADE_HAS_CLOSE' };
    expect(await (await calls(refused, found)).refund(refund)).toMatchObject({ status: 'succeeded' });
    expect(await (await calls(refused, none)).refund(refund)).toMatchObject({
      status: 'failed',
      reason: 'not_refundable',
    });
  });

  test('smaller than asked is not believed', async () => {
    expect(await (await calls({ ...made, refund_fee: '49.99' }, none)).refund(refund)).toMatchObject({
      status: 'unknown',
    });
  });

  test('query tells a made, an absent and a foreign refund apart', async () => {
    expect(await (await calls(made, found)).queryRefund(refund)).toEqual({
      status: 'succeeded',
      amountMinor: 5_000n,
      refundedAt: new Date('2026-03-01T04:00:05Z'),
    });
    expect(await (await calls(made, none)).queryRefund(refund)).toEqual({ status: 'not_found' });
    const foreign = { ...found, out_request_no: 'rft_2' };
    expect(await (await calls(made, foreign)).queryRefund(refund)).toMatchObject({
      status: 'unknown',
      reason: 'mismatch',
    });
    const smaller = { ...found, refund_amount: '5.00' };
    expect(await (await calls(made, smaller)).queryRefund(refund)).toMatchObject({
      status: 'unknown',
      reason: 'mismatch',
    });
  });
});
