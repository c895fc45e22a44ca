import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CheckoutContext, checkPayment, findPayment, proceed } from './index';
import { asPaymentState, paymentStates } from './payment-states';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { begun, closeAudited, gatewayWith } from './testing/payments';

let world: CheckoutWorld;

beforeEach(async () => {
  world = await openCheckoutWorld();
});
afterEach(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

const dead = { status: 'failed', reason: 'closed' } as const;
const lost = { status: 'unknown', reason: 'timeout', detail: '' } as const;

describe('going on with a payment', () => {
  const started = async () => (await begun(world)).payment;
  const steps = {
    mode: 'mobile',
    returnUrl: (id: string) => `http://127.0.0.1/${id}`,
    subject: '订单',
  } as const;
  const go = async (over: Partial<CheckoutContext>, payment = started()) =>
    proceed({ ...world.context(), ...over }, await payment, steps);

  it('asks the gateway for the tender, its amount, its end, and the way back to this payment', async () => {
    const asked: unknown[] = [];
    const payment = await started();
    const { gateway } = gatewayWith(world, {
      create: async (request) => {
        asked.push(request);
        return { status: 'ready', next: { kind: 'redirect', url: 'http://127.0.0.1/cashier' } };
      },
    });
    const outcome = await go({ gateway }, Promise.resolve(payment));
    expect(outcome).toMatchObject({ status: 'proceed', next: { url: 'http://127.0.0.1/cashier' } });
    expect(asked).toEqual([
      {
        paymentNo: payment.tenders.at(-1)?.id,
        amountMinor: 5_000n,
        expiresAt: payment.expiresAt,
        now: world.context().now,
        subject: '订单',
        mode: 'mobile',
        returnUrl: `http://127.0.0.1/${payment.id}`,
      },
    ]);
  });

  it('waits when the gateway is not there', async () => {
    const payment = await started();
    expect(await go({ gateway: () => null }, Promise.resolve(payment))).toEqual({
      status: 'pending',
      payment,
    });
  });

  it('waits when the answer is lost, and remembers that it was', async () => {
    const outcome = await go(gatewayWith(world, { create: async () => lost }));
    expect(outcome).toMatchObject({ status: 'pending', payment: { state: 'EXTERNAL_PENDING', checks: 1 } });
    expect(outcome.payment.tenders.at(-1)?.state).toBe('UNKNOWN');
  });

  it('gives up what the gateway declines, once it says that nobody paid', async () => {
    const create = async () => ({ status: 'failed', reason: 'declined' }) as const;
    const given = await go(gatewayWith(world, { create, close: async () => dead }));
    expect(given).toMatchObject({ status: 'pending', payment: { state: 'CANCELLED' } });
  });

  it('keeps what the gateway declines while an earlier visit may have paid, and settles it when it did', async () => {
    const create = async () => ({ status: 'failed', reason: 'declined' }) as const;
    const kept = await go(gatewayWith(world, { create, close: async () => lost }));
    expect(kept).toMatchObject({ status: 'pending', payment: { state: 'CANCELLING' } });
    const paid = { status: 'succeeded', gatewayTradeNo: 't', amountMinor: 5_000n } as const;
    const close = async () => ({ ...paid, paidAt: null, refundable: true });
    const settled = await checkPayment(
      { ...world.context(), ...gatewayWith(world, { close }) },
      kept.payment.id,
    );
    expect(settled?.state).toBe('PAID');
    expect(settled?.tenders.at(-1)).toMatchObject({ state: 'CAPTURED', gatewayReference: 't' });
  });

  it('says paid of what was paid, however much of it went back, and of nothing else', async () => {
    const payment = await started();
    for (const state of Object.keys(paymentStates).map(asPaymentState)) {
      if (state === 'HELD' || state === 'EXTERNAL_PENDING') continue;
      const { status } = await go({ gateway: () => null }, Promise.resolve({ ...payment, state }));
      const paid = ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'].includes(state);
      expect(status, state).toBe(paid ? 'paid' : 'pending');
    }
    expect((await findPayment(world.test.db, payment.id))?.state).toBe('EXTERNAL_PENDING');
  });
});
