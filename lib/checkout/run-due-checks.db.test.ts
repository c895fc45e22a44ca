import { afterEach, beforeEach, expect, it } from 'vitest';
import { setSwitches } from '@/lib/gateways/sandbox';
import { invariant, MINUTE_MS, plusMs, SECOND_MS } from '@/lib/kernel';
import { audit } from '@/lib/ledger';
import { auditPayments, findPayment, type PayInput, payOrder, refundPayment, runDueChecks } from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';

let world: CheckoutWorld;

beforeEach(async () => {
  world = await openCheckoutWorld();
});

afterEach(async () => {
  const { db } = world.test;
  const differences = [...(await audit(db)).differences, ...(await auditPayments(db, world.context().now))];
  await world.close();
  expect(differences).toEqual([]);
});

function payInput(orderId: string, split: { card: bigint; external: bigint }): PayInput {
  return {
    orderId,
    userId: world.userId,
    method: 'alipay',
    expected: { cardMinor: split.card, externalMinor: split.external },
    idempotencyKey: `key-${orderId}`,
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '订单',
  };
}

/** 100.00 held on a card, 50.00 open at Alipay's page. */
async function atTheCashier() {
  await world.addCard({ amountMinor: 10_000n });
  const order = await world.addOrder([{ amountMinor: 15_000n }]);
  const started = await payOrder(world.context(), payInput(order.id, { card: 10_000n, external: 5_000n }));
  invariant(started.ok && started.value.status === 'proceed', 'at the cashier');
  const { payment, next } = started.value;
  return { order, payment, cashier: await world.sandbox.visit(next) };
}

async function work(rounds: number, stepMs: number) {
  for (let round = 0; round < rounds; round += 1) {
    world.advance(stepMs);
    while (
      (
        await runDueChecks(world.context(), (subject, error) => {
          throw new Error(`${subject}: ${error}`);
        })
      ).more
    );
    await world.sandbox.deliver();
  }
}

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
  const { payment, cashier, order } = await atTheCashier();
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
      lines: [{ lineId: order.lineIds[0] ?? '', amountMinor: 4_000n }],
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
  const { payment, cashier } = await atTheCashier();
  await setSwitches(world.sandbox.context(), null, { notify: 'never' });
  await world.sandbox.confirm(cashier);
  const checkAt = plusMs(world.context().now, 60 * MINUTE_MS);
  await world.test.db.payment.update({ where: { id: payment.id }, data: { checkAt } });
  await work(1, SECOND_MS);
  expect((await findPayment(world.test.db, payment.id))?.state).toBe('PAID');
});
