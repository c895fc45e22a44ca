import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { invariant, MINUTE_MS, newId } from '@/lib/kernel';
import { alipayClient } from '../alipay/client';
import { alipayGateway } from '../alipay/gateway';
import { signedText } from '../alipay/protocol';
import type { GatewayReply, InboundMessage } from '../port';
import { deliverSandboxNotifications, payTrade, readCashier, SANDBOX_PATH, setSwitches } from './index';
import { type RunningSandbox, startSandbox } from './testing';

const START = new Date('2026-03-01T04:00:00Z');

let database: TestDatabase;
let sandbox: RunningSandbox;
let now: Date;
let inbox: InboundMessage[];
let reply: GatewayReply;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  now = START;
  inbox = [];
  reply = { status: 200, contentType: 'text/plain', body: 'success' };
  sandbox = await startSandbox({
    db: database.db,
    clock: () => now,
    onNotification: async (message) => {
      inbox.push(message);
      return reply;
    },
  });
});
afterEach(async () => {
  await sandbox.close();
  await database.db.sandboxNotification.deleteMany();
  await database.db.sandboxSwitches.deleteMany();
});

const advance = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

async function openCashier(amountMinor = 10_000n) {
  const gateway = alipayGateway(sandbox.alipay);
  const paymentNo = newId('tnd');
  const expiresAt = new Date(now.getTime() + 15 * MINUTE_MS);
  const created = await gateway.create({
    paymentNo,
    amountMinor,
    expiresAt,
    now,
    subject: '订单',
    mode: 'mobile',
    returnUrl: 'http://shop.example/result?order=1',
  });
  invariant(created.status === 'ready', 'the payment starts');
  const path = await sandbox.visit(created.next);
  const id = path.split('/').at(-1) ?? '';
  return { gateway, paymentNo, path, id, inquiry: { paymentNo, amountMinor, expiresAt, now } };
}

describe('the gateway address', () => {
  const ask = async (change: (url: URL) => void) => {
    const gateway = alipayClient(sandbox.alipay);
    const url = new URL(
      gateway.pageUrl('alipay.trade.page.pay', { returnUrl: 'http://shop.example/', bizContent: {} }, now),
    );
    change(url);
    const response = await fetch(url, { redirect: 'manual' });
    return response.headers.get('location');
  };

  test.each([
    [
      'a changed parameter',
      (url: URL) => url.searchParams.set('notify_url', 'http://thief.example'),
      'isv.invalid-signature',
    ],
    ['an added parameter', (url: URL) => url.searchParams.set('seller', 'x'), 'isv.invalid-signature'],
    ['another app', (url: URL) => url.searchParams.set('app_id', '1'), 'isv.invalid-app-id'],
    [
      'the weaker algorithm',
      (url: URL) => url.searchParams.set('sign_type', 'RSA'),
      'isv.invalid-signature-type',
    ],
    ['nothing but a signature', () => undefined, 'ACQ.INVALID_PARAMETER'],
  ])('refuses %s', async (_, change, code) => {
    expect(await ask(change)).toBe(`${SANDBOX_PATH}/refused?code=${code}`);
  });

  test('refuses a request stamped in another time zone', async () => {
    const utcAsBeijing = new Date(now.getTime() - 8 * 60 * MINUTE_MS);
    const answer = await alipayClient(sandbox.alipay).call(
      'alipay.trade.query',
      { out_trade_no: 'x' },
      utcAsBeijing,
    );
    expect(answer).toMatchObject({ status: 'answered', fields: { sub_code: 'isv.invalid-timestamp' } });
  });
});

describe('a trade', () => {
  test('sends the payer back with signed parameters that name it', async () => {
    const { path, paymentNo } = await openCashier();
    const response = await sandbox.confirm(path);
    const target = new URL(response.headers.get('location') ?? '');
    expect(target.searchParams.get('order')).toBe('1');
    target.searchParams.delete('order');
    const fields = Object.fromEntries(target.searchParams);
    expect(fields).toMatchObject({ out_trade_no: paymentNo, total_amount: '100.00' });
    const verified = alipayClient(sandbox.alipay).verify(
      signedText(fields, ['sign', 'sign_type']),
      fields.sign ?? '',
    );
    expect(verified).toBe(true);
  });

  test('opened twice at once is one trade with one page', async () => {
    const { gateway, inquiry } = await openCashier();
    const fresh = { ...inquiry, paymentNo: newId('tnd') };
    const created = await gateway.create({
      ...fresh,
      subject: '订单',
      mode: 'desktop',
      returnUrl: 'http://shop.example/',
    });
    invariant(created.status === 'ready', 'the payment starts');
    const paths = await Promise.all(Array.from({ length: 6 }, () => sandbox.visit(created.next)));
    expect(new Set(paths).size).toBe(1);
  });

  test('is paid by one of many confirmations', async () => {
    const { id } = await openCashier();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => payTrade(sandbox.context(), id)));
    expect(outcomes.filter((outcome) => outcome === 'paid')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'already_paid')).toHaveLength(7);
  });

  test('left without paying still waits', async () => {
    const { gateway, path, inquiry } = await openCashier();
    const left = await fetch(new URL(`${path}/decision`, sandbox.alipay.gatewayUrl), {
      method: 'POST',
      body: new URLSearchParams({ decision: 'leave' }),
      redirect: 'manual',
    });
    expect(left.headers.get('location')).toBe('http://shop.example/result?order=1');
    expect(await gateway.query(inquiry)).toMatchObject({ status: 'pending', stage: 'awaiting_payer' });
  });

  test('shows what is paid, to whom, and that it ended', async () => {
    const { id, path } = await openCashier();
    expect(await readCashier(sandbox.context(), id)).toMatchObject({
      payee: '福选商城',
      amountMinor: 10_000n,
      state: 'waiting',
    });
    await sandbox.confirm(path);
    expect(await readCashier(sandbox.context(), id)).toMatchObject({ state: 'paid' });
    const { id: other } = await openCashier();
    advance(15 * MINUTE_MS);
    expect(await readCashier(sandbox.context(), other)).toMatchObject({ state: 'expired' });
    expect(await readCashier(sandbox.context(), 'no-such-page')).toBeNull();
    expect(await readCashier(sandbox.context(), 'no\0page')).toBeNull();
  });

  test('is never refunded beyond its amount by refunds that arrive together', async () => {
    const { gateway, path, paymentNo } = await openCashier(10_000n);
    await sandbox.confirm(path);
    const refunds = await Promise.all(
      Array.from({ length: 8 }, () =>
        gateway.refund({ paymentNo, refundNo: newId('rft'), amountMinor: 3_000n, reason: '', now }),
      ),
    );
    expect(refunds.filter((refund) => refund.status === 'succeeded')).toHaveLength(3);
    const row = await database.db.sandboxTrade.findFirstOrThrow({ where: { outTradeNo: paymentNo } });
    expect(row.refundedMinor).toBe(9_000n);
  });
});

describe('a notification', () => {
  const ids = () => inbox.map((message) => new URLSearchParams(message.body).get('notify_id'));

  test('that is not acknowledged comes again by the schedule with its id, and then no more', async () => {
    reply = { ...reply, body: 'failure' };
    const { path } = await openCashier();
    await sandbox.confirm(path);
    await sandbox.deliver();
    expect(inbox).toHaveLength(1);
    advance(999);
    await sandbox.deliver();
    expect(inbox).toHaveLength(1);
    advance(1);
    await sandbox.deliver();
    advance(5_000);
    await sandbox.deliver();
    advance(60 * MINUTE_MS);
    await sandbox.deliver();
    expect(inbox).toHaveLength(3);
    expect(new Set(ids()).size).toBe(1);
  });

  test('thanked with anything but exactly the word is not taken as acknowledged', async () => {
    reply = { ...reply, body: ' success' };
    const { path } = await openCashier();
    await sandbox.confirm(path);
    await sandbox.deliver();
    advance(1_000);
    await sandbox.deliver();
    expect(inbox).toHaveLength(2);
  });

  test('is sent once when several processes deliver at the same moment', async () => {
    const { id } = await openCashier();
    await payTrade({ ...sandbox.context(), defer: () => undefined }, id);
    await Promise.all(Array.from({ length: 6 }, () => deliverSandboxNotifications(sandbox.context())));
    expect(inbox).toHaveLength(1);
  });
});

test('switches for all trades hold for each until it has its own', async () => {
  const { gateway, inquiry, paymentNo } = await openCashier();
  await setSwitches({ db: database.db }, null, { down: true });
  expect(await gateway.query(inquiry)).toMatchObject({ status: 'unknown', reason: 'server_error' });
  await setSwitches({ db: database.db }, paymentNo, { down: false });
  expect(await gateway.query(inquiry)).toMatchObject({ status: 'pending' });
});
