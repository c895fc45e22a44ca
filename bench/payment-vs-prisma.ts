import { openMigrated, withPostgres } from './postgres';
import { payThroughPrisma } from './prisma-payment';
import { type Bench, interleave } from './row';
import { openPaymentWorld } from './world';

const CALLERS = 16;

/** Complete payments beside the same payments written as a conversation of Prisma's interactive transactions. */
export const paymentVsPrisma: Bench = {
  name: 'payment-vs-prisma',
  engine: 'postgres',
  floor: 6,
  aim: 15,
  measure: (plan) =>
    withPostgres(async (server) => {
      const db = await openMigrated(server);
      const world = await openPaymentWorld(db, { shoppers: 400, merchants: 64 });
      const { seconds } = plan;
      const measured = await interleave(plan, {
        ours: () => world.measure({ callers: CALLERS, seconds }),
        reference: async () =>
          (await world.measure({ callers: CALLERS, seconds }, (checkout) => payThroughPrisma(db, checkout)))
            .rate,
        name: 'Prisma interactive transactions, 16 callers',
      });
      await world.audit();
      await db.$disconnect();
      return measured;
    }),
};
