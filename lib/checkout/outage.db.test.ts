import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setSwitches } from '@/lib/gateways/sandbox';
import { invariant, MINUTE_MS, SECOND_MS } from '@/lib/kernel';
import { audit } from '@/lib/ledger';
import { auditPayments, findPayment, type PayInput, payOrder, runDueChecks } from './index';
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

describe('after an outage of the gateway', () => {
  it('every payment that was waiting for it ends within a minute', async () => {
    const scenes: Awaited<ReturnType<typeof atTheCashier>>[] = [];
    for (let count = 0; count < 25; count += 1) {
      await world.test.db.card.updateMany({ data: { state: 'frozen' } });
      scenes.push(await atTheCashier());
    }
    await setSwitches(world.sandbox.context(), null, { notify: 'never' });
    await Promise.all(scenes.map(({ cashier }) => world.sandbox.confirm(cashier)));
    await setSwitches(world.sandbox.context(), null, { down: true });
    await work(4, 2 * MINUTE_MS);
    expect(await states(scenes)).toEqual({ EXTERNAL_PENDING: 25 });
    await setSwitches(world.sandbox.context(), null, { notify: 'never' });
    await work(60, SECOND_MS);
    expect(await states(scenes)).toEqual({ PAID: 25 });
  });

  async function states(scenes: readonly { payment: { id: string } }[]) {
    const counts: Record<string, number> = {};
    for (const { payment } of scenes) {
      const state = (await findPayment(world.test.db, payment.id))?.state ?? 'none';
      counts[state] = (counts[state] ?? 0) + 1;
    }
    return counts;
  }
});
