import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPayment } from './index';
import { notificationHandler } from './notification-handler';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { begun, closeAudited } from './testing/payments';

let world: CheckoutWorld;

beforeEach(async () => {
  world = await openCheckoutWorld();
});
afterEach(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

describe('a notification', () => {
  it('is compared with the tender that it names', async () => {
    const { payment, tenderId } = await begun(world);
    const expected = (paymentNo: string) => notificationHandler.expected(world.context(), paymentNo);
    expect(await expected(tenderId)).toEqual({ amountMinor: 5_000n });
    expect(await expected('tnd_none')).toBeNull();
    expect(await expected(payment.tenders[0]?.id ?? '')).toBeNull();
  });

  it('of another gateway, or about nothing of ours, is not acted on', async () => {
    const { payment, tenderId } = await begun(world);
    const stateOf = async () => (await findPayment(world.test.db, payment.id))?.state;
    const about = { gateway: 'alipay', paymentNo: tenderId, amountMinor: 5_000n } as const;
    const outcome = { status: 'succeeded', gatewayTradeNo: 'trade-1', amountMinor: 5_000n } as const;
    const proven = { ...outcome, paidAt: null, refundable: true };
    const told = { ...about, notifyId: 'n', outcome: proven };
    const receive = (over: Partial<typeof told>) =>
      notificationHandler.receive(world.context(), { ...told, ...over });
    await receive({ gateway: 'other' as never });
    await receive({ paymentNo: 'tnd_none' });
    expect(await stateOf()).toBe('EXTERNAL_PENDING');
    await receive({});
    expect(await stateOf()).toBe('PAID');
  });
});
