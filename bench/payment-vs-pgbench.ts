import type { Checkout } from '../lib/checkout/load-checkout';
import type { Database } from '../lib/database';
import { openMigrated, withPostgres } from './postgres';
import { type Bench, interleave, type Measured, type Plan } from './row';
import { openTpcb } from './tpcb';
import { openPaymentWorld, payAtOnce } from './world';

/** Complete payments on PostgreSQL beside pgbench with as many clients. */
export const paymentVsPgbench: Bench = {
  name: 'payment-vs-pgbench',
  engine: 'postgres',
  floor: 0.6,
  aim: 1.5,
  measure: (plan) => paymentsBesidePgbench(plan, 16),
};

/**
 * Payments that arrive together are committed together, each with its own answer; by cards alone, so each is one commit.
 */
export const batchVsPgbench: Bench = {
  name: 'batch-vs-pgbench',
  engine: 'postgres',
  floor: 2.5,
  aim: 5,
  measure: (plan) => paymentsBesidePgbench(plan, 256, payAtOnce),
};

function paymentsBesidePgbench(
  plan: Plan,
  callers: number,
  pay?: (db: Database, checkout: Checkout) => Promise<void>,
): Promise<Measured> {
  return withPostgres(async (server) => {
    const db = await openMigrated(server);
    const tpcb = await openTpcb(server);
    const world = await openPaymentWorld(db, { shoppers: 400, merchants: 64 });
    const measured = await interleave(plan, {
      ours: () => world.measure({ callers, seconds: plan.seconds }, pay && ((checkout) => pay(db, checkout))),
      reference: () => tpcb.measure({ clients: callers, seconds: plan.seconds }),
      name: `${tpcb.name}, ${callers} clients`,
    });
    await world.audit();
    await tpcb.close();
    await db.$disconnect();
    return measured;
  });
}
