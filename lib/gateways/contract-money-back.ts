import { expect, test } from 'vitest';
import { AMOUNT, begin, type ContractFixture, LOST, paid } from './contract-fixture';

export function refunds(fixture: () => ContractFixture): void {
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
    expect(await fixture().gateway.refund(request)).toMatchObject({ status: 'unknown', reason: LOST });
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
