import { afterEach, beforeEach, expect, it } from 'vitest';
import { setSwitches } from '@/lib/gateways/sandbox';
import { MINUTE_MS, plusMs, SECOND_MS } from '@/lib/kernel';
import { type CheckoutContext, findPayment, refundPayment, runDueChecks } from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { atTheCashier, begun, closeAudited, work } from './testing/payments';

let world: CheckoutWorld;

beforeEach(async () => {
  world = await openCheckoutWorld();
});

afterEach(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

it('of many workers at once one asks the gateway about a payment, and about a refund', async () => {
  const asked: string[] = [];
  const counting: typeof world.context = () => ({
    ...world.context(),
    gateway: (name) => {
      const gateway = world.context().gateway(name);
      return (
        gateway && {
          ...gateway,
          query: (inquiry) => {
            asked.push(inquiry.paymentNo);
            return gateway.query(inquiry);
          },
          refund: (request) => {
            asked.push(request.refundNo);
            return gateway.refund(request);
          },
        }
      );
    },
  });
  const everybody = async () => {
    world.advance(20_000);
    await Promise.all(Array.from({ length: 8 }, () => runDueChecks(counting(), () => {})));
  };
  const { payment, cashier, order } = await atTheCashier(world);
  const tender = payment.tenders.find(({ kind }) => kind === 'external');
  await setSwitches(world.sandbox.context(), null, { notify: 'never' });
  await world.sandbox.confirm(cashier);
  await everybody();
  expect(asked).toEqual([tender?.id]);
  expect((await findPayment(world.test.db, payment.id))?.state).toBe('PAID');

  await refundPayment(
    { ...world.context(), gateway: () => null, refundPolicy: 'EXTERNAL_FIRST' },
    {
      paymentId: payment.id,
      lines: [{ lineId: order.lineIds[1] ?? '', amountMinor: 4_000n }],
      reason: null,
      actorId: null,
      idempotencyKey: 'one',
    },
  );
  await everybody();
  expect(asked).toHaveLength(2);
  expect((await world.test.db.refund.findFirstOrThrow()).state).toBe('SUCCEEDED');
});

it('a payment whose next look was set by a clock far ahead is looked at all the same', async () => {
  const { payment, cashier } = await atTheCashier(world);
  await setSwitches(world.sandbox.context(), null, { notify: 'never' });
  await world.sandbox.confirm(cashier);
  const checkAt = plusMs(world.context().now, 60 * MINUTE_MS);
  await world.test.db.payment.update({ where: { id: payment.id }, data: { checkAt } });
  await work(world, 1, SECOND_MS);
  expect((await findPayment(world.test.db, payment.id))?.state).toBe('PAID');
});

it('what is due is looked at and counted, and one look that fails holds up no other', async () => {
  const failures: unknown[] = [];
  const { payment } = await begun(world);
  const look = (context: CheckoutContext) =>
    runDueChecks(context, (subject, error) => failures.push([subject, error]));
  expect(await look(world.context())).toEqual({ handled: 0, more: false });
  world.advance(4 * SECOND_MS);
  const broken = new Error('broken');
  const failing: CheckoutContext = {
    ...world.context(),
    gateway: () => {
      throw broken;
    },
  };
  expect(await look(failing)).toEqual({ handled: 1, more: false });
  expect(failures).toEqual([[payment.id, broken]]);
  // Claimed for a while, so that another worker does not take it at once.
  expect((await findPayment(world.test.db, payment.id))?.checkAt).toEqual(
    plusMs(world.context().now, 15 * SECOND_MS),
  );
  expect(await look(world.context())).toEqual({ handled: 0, more: false });
});
