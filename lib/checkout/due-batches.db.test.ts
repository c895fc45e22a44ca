import { expect, it } from 'vitest';
import { SECOND_MS } from '@/lib/kernel';
import { runDueChecks } from './index';
import { openCheckoutWorld } from './testing';

it('the worker takes twenty payments and twenty refunds at a time, and says when there may be more', async () => {
  const world = await openCheckoutWorld();
  const { db } = world.test;
  const { id: orderId } = await world.addOrder([{ amountMinor: 100n }]);
  const now = world.context().now;
  const work = () =>
    runDueChecks(world.context(), (subject, error) => {
      throw new Error(`${subject}: ${error}`);
    });
  const twenty = Array.from({ length: 20 }, (_, index) => index);
  // Over, so that a look at them asks nobody; only their time is of interest.
  const amounts = { amountMinor: 100n, cardMinor: 100n, externalMinor: 0n, currency: 'CNY' };
  const over = { orderId, userId: world.userId, state: 'EXTERNAL_REFUNDED', ...amounts, createdAt: now };
  await db.payment.createMany({ data: twenty.map((n) => ({ ...over, id: `pay_${n}`, checkAt: now })) });
  expect(await work()).toEqual({ handled: 20, more: true });
  expect(await work()).toEqual({ handled: 0, more: false });
  await db.payment.update({ where: { id: 'pay_1' }, data: { checkAt: now } });
  expect(await work()).toEqual({ handled: 1, more: false });
  const refund = {
    paymentId: 'pay_1',
    state: 'FAILED',
    amountMinor: 1n,
    policy: 'CARD_FIRST',
    createdAt: now,
  };
  await db.refund.createMany({ data: twenty.map((n) => ({ ...refund, id: `rfd_${n}`, checkAt: now })) });
  expect(await work()).toEqual({ handled: 20, more: true });
  expect(await work()).toEqual({ handled: 0, more: false });
  world.advance(15 * SECOND_MS);
  expect(await work()).toEqual({ handled: 40, more: true });
  await world.close();
});
