import { expect, test } from 'vitest';
import {
  AMOUNT,
  begin,
  type ContractFixture,
  LIFETIME_MS,
  LONG_AFTER_MS,
  LOST,
  type Misbehaviour,
} from './contract-fixture';

export function payments(fixture: () => ContractFixture): void {
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
    ['lost', { loseAnswers: ['query'] }, LOST],
    ['forged', { forgeAnswers: ['query'] }, 'unverifiable'],
    ['an outage', { down: true }, 'server_error'],
  ] satisfies [string, Misbehaviour, unknown][])(
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

export function closes(fixture: () => ContractFixture): void {
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
      reason: LOST,
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
