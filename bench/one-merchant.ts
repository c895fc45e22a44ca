import { openMigrated, withPostgres } from './postgres';
import { type Bench, interleave } from './row';
import { openPaymentWorld } from './world';

const CALLERS = 16;

/** Payments to a single merchant, whose account is in every one of them, beside payments to sixty-four. */
export const oneMerchant: Bench = {
  name: 'one-merchant',
  engine: 'postgres',
  floor: 0.9,
  aim: 1,
  measure: (plan) =>
    withPostgres(async (server) => {
      const open = async (name: string, merchants: number) => {
        const db = await openMigrated(server, name);
        const world = await openPaymentWorld(db, { shoppers: 400, merchants });
        return {
          ...world,
          measure: () => world.measure({ callers: CALLERS, seconds: plan.seconds }),
          close: () => db.$disconnect(),
        };
      };
      const one = await open('one', 1);
      const many = await open('many', 64);
      const measured = await interleave(plan, {
        ours: one.measure,
        reference: async () => (await many.measure()).rate,
        name: 'the same with 64 merchants, 16 callers',
      });
      for (const world of [one, many]) {
        await world.audit();
        await world.close();
      }
      return measured;
    }),
};
