import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { invariant, MINUTE_MS, newId } from '@/lib/kernel';
import type {
  CreateRequest,
  Gateway,
  GatewayNotification,
  PaymentInquiry,
  RefundRequest,
  ShopperStep,
} from './port';

/** A call whose answer the far side can lose or forge. */
export type ContractCall = 'query' | 'close' | 'refund' | 'refund_query';

/** A gateway, its far side, and a clock that both read. */
export interface ContractFixture {
  readonly gateway: Gateway;
  readonly now: () => Date;
  readonly advance: (ms: number) => void;
  /** The shopper reaches the gateway's page; false when the gateway turns them away. */
  readonly visit: (step: ShopperStep) => Promise<boolean>;
  /** The shopper confirms on the page of that payment; false when it can no longer be paid. */
  readonly confirm: (step: ShopperStep) => Promise<boolean>;
  readonly misbehave: (paymentNo: string, how: Misbehaviour) => Promise<void>;
  /** Delivers what is due and gives all verified messages so far, and the codes of the refused ones. */
  readonly received: () => Promise<{
    readonly accepted: readonly GatewayNotification[];
    readonly refused: readonly string[];
  }>;
  readonly close: () => Promise<void>;
}

export interface Misbehaviour {
  readonly down?: boolean;
  readonly loseAnswers?: ContractCall[];
  readonly forgeAnswers?: ContractCall[];
  readonly notify?: 'once' | 'duplicate' | 'late' | 'out_of_order' | 'never';
  readonly forgeNotifications?: ('signature' | 'amount' | 'app_id')[];
  readonly refuseRefunds?: boolean;
}

const AMOUNT = 12_250n;
const LIFETIME_MS = 15 * MINUTE_MS;
/** Long after expiry, whatever grace a gateway needs. */
const LONG_AFTER_MS = 60 * MINUTE_MS;

/** What every gateway promises the product. `start` gives a fresh fixture for each test. */
export function gatewayContract(start: () => Promise<ContractFixture>): void {
  let fixture: ContractFixture;
  beforeEach(async () => {
    fixture = await start();
  });
  afterEach(() => fixture.close());

  describe('a payment', () => payments(() => fixture));
  describe('a close', () => closes(() => fixture));
  describe('a refund', () => refunds(() => fixture));
  describe('a notification', () => notifications(() => fixture));
}

function payments(fixture: () => ContractFixture): void {
  test('is not started before the shopper arrives, awaited then, and paid once confirmed', async () => {
    const { gateway } = fixture();
    const payment = await begin(fixture());
    expect(await gateway.query(payment.inquiry())).toEqual({ status: 'pending', stage: 'not_started' });
    await fixture().visit(payment.step);
    expect(await gateway.query(payment.inquiry())).toEqual({ status: 'pending', stage: 'awaiting_payer' });
    await fixture().confirm(payment.step);
    expect(await gateway.query(payment.inquiry())).toMatchObject({
      status: 'succeeded',
      amountMinor: AMOUNT,
      paidAt: fixture().now(),
    });
  });

  test('that nobody visits is dead only after its expiry, and then nobody can visit it', async () => {
    const payment = await begin(fixture());
    fixture().advance(LIFETIME_MS + LONG_AFTER_MS);
    expect(await fixture().gateway.query(payment.inquiry())).toEqual({
      status: 'failed',
      reason: 'never_started',
    });
    expect(await fixture().visit(payment.step)).toBe(false);
  });

  test('that was visited dies at its expiry and cannot be confirmed after it', async () => {
    const payment = await begin(fixture());
    await fixture().visit(payment.step);
    fixture().advance(LIFETIME_MS);
    expect(await fixture().confirm(payment.step)).toBe(false);
    expect(await fixture().gateway.query(payment.inquiry())).toEqual({ status: 'failed', reason: 'closed' });
  });

  test('confirmed twice is paid once', async () => {
    const payment = await begin(fixture());
    await Promise.all([fixture().confirm(payment.step), fixture().confirm(payment.step)]);
    const { accepted } = await fixture().received();
    expect(new Set(accepted.map((message) => message.notifyId)).size).toBe(1);
  });

  test('of the same number with another amount is turned away', async () => {
    const payment = await begin(fixture());
    await fixture().visit(payment.step);
    const dearer = await begin(fixture(), { paymentNo: payment.paymentNo, amountMinor: AMOUNT + 1n });
    expect(await fixture().visit(dearer.step)).toBe(false);
    expect(await fixture().gateway.query(dearer.inquiry())).toMatchObject({
      status: 'unknown',
      reason: 'mismatch',
    });
  });

  test.each([
    ['lost', { loseAnswers: ['query'] }, 'timeout'],
    ['forged', { forgeAnswers: ['query'] }, 'unverifiable'],
    ['an outage', { down: true }, 'server_error'],
  ] satisfies [string, Misbehaviour, string][])(
    'is unknown while its answer is %s, and known after',
    async (_, how, reason) => {
      const payment = await begin(fixture());
      await fixture().confirm(payment.step);
      await fixture().misbehave(payment.paymentNo, how);
      expect(await fixture().gateway.query(payment.inquiry())).toMatchObject({ status: 'unknown', reason });
      await fixture().misbehave(payment.paymentNo, {});
      expect(await fixture().gateway.query(payment.inquiry())).toMatchObject({ status: 'succeeded' });
    },
  );
}

function closes(fixture: () => ContractFixture): void {
  test('of a waiting payment proves it dead, and it can be neither visited nor confirmed again', async () => {
    const payment = await begin(fixture());
    await fixture().visit(payment.step);
    expect(await fixture().gateway.close(payment.inquiry())).toEqual({ status: 'failed', reason: 'closed' });
    expect(await fixture().confirm(payment.step)).toBe(false);
    expect(await fixture().visit(payment.step)).toBe(false);
    expect(await fixture().gateway.close(payment.inquiry())).toEqual({ status: 'failed', reason: 'closed' });
  });

  test('of a paid payment answers that it was paid', async () => {
    const payment = await begin(fixture());
    await fixture().confirm(payment.step);
    expect(await fixture().gateway.close(payment.inquiry())).toMatchObject({
      status: 'succeeded',
      amountMinor: AMOUNT,
    });
  });

  test('of a payment that nobody visited leaves it payable until it expires', async () => {
    const payment = await begin(fixture());
    expect(await fixture().gateway.close(payment.inquiry())).toEqual({
      status: 'pending',
      stage: 'not_started',
    });
    expect(await fixture().confirm(payment.step)).toBe(true);
    expect(await fixture().gateway.query(payment.inquiry())).toMatchObject({ status: 'succeeded' });
  });

  test('whose answer is lost is unknown, and found done by asking again', async () => {
    const payment = await begin(fixture());
    await fixture().visit(payment.step);
    await fixture().misbehave(payment.paymentNo, { loseAnswers: ['close'] });
    expect(await fixture().gateway.close(payment.inquiry())).toMatchObject({
      status: 'unknown',
      reason: 'timeout',
    });
    expect(await fixture().gateway.query(payment.inquiry())).toEqual({ status: 'failed', reason: 'closed' });
  });

  test('that meets a confirmation leaves the payment either paid or dead, never both', async () => {
    const payment = await begin(fixture());
    await fixture().visit(payment.step);
    const [paid, closed] = await Promise.all([
      fixture().confirm(payment.step),
      fixture().gateway.close(payment.inquiry()),
    ]);
    const end = await fixture().gateway.query(payment.inquiry());
    expect(closed.status).toBe(end.status);
    expect(end.status).toBe(paid ? 'succeeded' : 'failed');
  });
}

function refunds(fixture: () => ContractFixture): void {
  test('in parts goes up to what was paid and not beyond', async () => {
    const payment = await paid(fixture());
    const { gateway } = fixture();
    expect(await gateway.refund(payment.refund(12_000n))).toMatchObject({
      status: 'succeeded',
      amountMinor: 12_000n,
    });
    expect(await gateway.refund(payment.refund(251n))).toMatchObject({
      status: 'failed',
      reason: 'exceeds_payment',
    });
    expect(await gateway.refund(payment.refund(250n))).toMatchObject({
      status: 'succeeded',
      amountMinor: 250n,
    });
    expect(await gateway.query(payment.inquiry())).toEqual({ status: 'failed', reason: 'refunded' });
  });

  test('sent twice with one number is made once', async () => {
    const payment = await paid(fixture());
    const request = payment.refund(8_000n);
    const answers = await Promise.all([fixture().gateway.refund(request), fixture().gateway.refund(request)]);
    expect(answers).toMatchObject([{ status: 'succeeded' }, { status: 'succeeded' }]);
    expect(await fixture().gateway.refund(payment.refund(4_250n))).toMatchObject({ status: 'succeeded' });
  });

  test('that reuses a number for another amount is refused', async () => {
    const payment = await paid(fixture());
    const request = payment.refund(1_000n);
    await fixture().gateway.refund(request);
    expect(await fixture().gateway.refund({ ...request, amountMinor: 2_000n })).toMatchObject({
      status: 'failed',
      reason: 'number_reused',
    });
  });

  test('whose answer is lost is unknown, found by asking, and not made again by sending it again', async () => {
    const payment = await paid(fixture());
    const request = payment.refund(AMOUNT);
    await fixture().misbehave(payment.paymentNo, { loseAnswers: ['refund'] });
    expect(await fixture().gateway.refund(request)).toMatchObject({ status: 'unknown', reason: 'timeout' });
    expect(await fixture().gateway.queryRefund(request)).toMatchObject({
      status: 'succeeded',
      amountMinor: AMOUNT,
    });
    await fixture().misbehave(payment.paymentNo, {});
    expect(await fixture().gateway.refund(request)).toMatchObject({
      status: 'succeeded',
      amountMinor: AMOUNT,
    });
  });

  test('that never reached the gateway is not found', async () => {
    const payment = await paid(fixture());
    expect(await fixture().gateway.queryRefund(payment.refund(100n))).toEqual({ status: 'not_found' });
  });

  test('refused for want of balance may succeed later with the same number', async () => {
    const payment = await paid(fixture());
    const request = payment.refund(100n);
    await fixture().misbehave(payment.paymentNo, { refuseRefunds: true });
    expect(await fixture().gateway.refund(request)).toMatchObject({ status: 'failed', reason: 'balance' });
    await fixture().misbehave(payment.paymentNo, {});
    expect(await fixture().gateway.refund(request)).toMatchObject({ status: 'succeeded' });
  });

  test('of an unpaid payment is refused', async () => {
    const payment = await begin(fixture());
    await fixture().visit(payment.step);
    expect(await fixture().gateway.refund(payment.refund(100n))).toMatchObject({
      status: 'failed',
      reason: 'not_refundable',
    });
  });

  test('forged in its answer is not believed', async () => {
    const payment = await paid(fixture());
    await fixture().misbehave(payment.paymentNo, { forgeAnswers: ['refund', 'refund_query'] });
    const request = payment.refund(100n);
    expect(await fixture().gateway.refund(request)).toMatchObject({
      status: 'unknown',
      reason: 'unverifiable',
    });
    expect(await fixture().gateway.queryRefund(request)).toMatchObject({
      status: 'unknown',
      reason: 'unverifiable',
    });
  });
}

function notifications(fixture: () => ContractFixture): void {
  test('tells the payment that was made, and is not sent again once acknowledged', async () => {
    const payment = await paid(fixture());
    const { accepted, refused } = await fixture().received();
    expect(refused).toEqual([]);
    expect(accepted).toMatchObject([
      {
        paymentNo: payment.paymentNo,
        amountMinor: AMOUNT,
        outcome: { status: 'succeeded', amountMinor: AMOUNT },
      },
    ]);
    fixture().advance(LONG_AFTER_MS);
    expect((await fixture().received()).accepted).toHaveLength(1);
  });

  test('repeated carries the same id', async () => {
    const payment = await paid(fixture(), { notify: 'duplicate' });
    const { accepted } = await fixture().received();
    expect(accepted.length).toBeGreaterThan(1);
    expect(new Set(accepted.map((message) => message.notifyId)).size).toBe(1);
    expect(new Set(accepted.map((message) => message.paymentNo))).toEqual(new Set([payment.paymentNo]));
  });

  test('may be late', async () => {
    await paid(fixture(), { notify: 'late' });
    expect((await fixture().received()).accepted).toHaveLength(0);
    fixture().advance(LONG_AFTER_MS);
    expect((await fixture().received()).accepted).toHaveLength(1);
  });

  test('may never come, and a query tells the same', async () => {
    const payment = await paid(fixture(), { notify: 'never' });
    fixture().advance(LONG_AFTER_MS);
    expect((await fixture().received()).accepted).toHaveLength(0);
    expect(await fixture().gateway.query(payment.inquiry())).toMatchObject({ status: 'succeeded' });
  });

  test('may arrive after that of the refund which followed', async () => {
    const payment = await paid(fixture(), { notify: 'out_of_order' });
    await fixture().gateway.refund(payment.refund(AMOUNT));
    expect((await fixture().received()).accepted.map(({ outcome }) => outcome.status)).toEqual(['failed']);
    fixture().advance(LONG_AFTER_MS);
    const { accepted } = await fixture().received();
    expect(accepted.map(({ outcome }) => outcome.status)).toEqual(['failed', 'succeeded']);
  });

  test('forged in signature or addressee is refused, and one of another amount is told by the amount', async () => {
    const forgeNotifications: Misbehaviour['forgeNotifications'] = ['signature', 'app_id', 'amount'];
    await paid(fixture(), { notify: 'never', forgeNotifications });
    const { accepted, refused } = await fixture().received();
    expect(refused.filter((code) => code === 'bad_signature').length).toBeGreaterThan(0);
    expect(refused).toContain('wrong_app');
    expect(accepted.map(({ amountMinor }) => amountMinor)).toEqual([AMOUNT + 1n]);
  });

  test('changed by one character is refused', async () => {
    const { gateway } = fixture();
    const parsed = await gateway.parseNotification({ headers: new Headers(), body: 'sign=x&sign_type=RSA2' });
    expect(parsed.ok).toBe(false);
  });
}

/** Starts a payment; the shopper has not arrived yet. */
async function begin(
  fixture: ContractFixture,
  over: { readonly paymentNo?: string; readonly amountMinor?: bigint } = {},
) {
  const startedAt = fixture.now();
  const paymentNo = over.paymentNo ?? newId('tnd');
  const inquiry = (): PaymentInquiry => ({
    paymentNo,
    amountMinor: over.amountMinor ?? AMOUNT,
    expiresAt: new Date(startedAt.getTime() + LIFETIME_MS),
    now: fixture.now(),
  });
  const request: CreateRequest = {
    ...inquiry(),
    subject: '福选商城 订单 1024',
    mode: 'desktop',
    returnUrl: 'http://shop.example/checkout/result',
  };
  const created = await fixture.gateway.create(request);
  invariant(created.status === 'ready', `the payment did not start: ${created.status}`);
  const refund = (amountMinor: bigint): RefundRequest => ({
    paymentNo,
    refundNo: newId('rft'),
    amountMinor,
    reason: '退货',
    now: fixture.now(),
  });
  return { paymentNo, inquiry, refund, step: created.next };
}

async function paid(fixture: ContractFixture, how: Misbehaviour = {}) {
  const payment = await begin(fixture);
  await fixture.misbehave(payment.paymentNo, how);
  invariant(await fixture.confirm(payment.step), 'the payment is confirmed');
  return payment;
}
