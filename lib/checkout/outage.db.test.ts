import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setSwitches } from '@/lib/gateways/sandbox';
import { MINUTE_MS, SECOND_MS } from '@/lib/kernel';
import { findPayment } from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { atTheCashier, closeAudited, work } from './testing/payments';

let world: CheckoutWorld;

beforeEach(async () => {
  world = await openCheckoutWorld();
});

afterEach(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

describe('after an outage of the gateway', () => {
  it('every payment that was waiting for it ends within a minute', async () => {
    const scenes: Awaited<ReturnType<typeof atTheCashier>>[] = [];
    for (let count = 0; count < 25; count += 1) {
      await world.test.db.card.updateMany({ data: { state: 'frozen' } });
      scenes.push(await atTheCashier(world));
    }
    await setSwitches(world.sandbox.context(), null, { notify: 'never' });
    await Promise.all(scenes.map(({ cashier }) => world.sandbox.confirm(cashier)));
    await setSwitches(world.sandbox.context(), null, { down: true });
    await work(world, 4, 2 * MINUTE_MS);
    expect(await states(scenes)).toEqual({ EXTERNAL_PENDING: 25 });
    await setSwitches(world.sandbox.context(), null, { notify: 'never' });
    await work(world, 60, SECOND_MS);
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
