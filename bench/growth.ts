import { audit } from '../lib/ledger';
import { fillLedger } from './fill-ledger';
import { openMigrated, withPostgres } from './postgres';
import { type Bench, interleave } from './row';
import { openPaymentWorld } from './world';

const CALLERS = 16;
const SMALL = 10_000;

/** Payments in a ledger of `--size` transfers beside payments in one of ten thousand. */
export const growth: Bench = {
  name: 'growth',
  engine: 'postgres',
  floor: 0.9,
  aim: 1,
  measure: (plan) =>
    withPostgres(async (server) => {
      const open = async (name: string, transfers: number) => {
        const db = await openMigrated(server, name);
        await fillLedger(server.urlOf(name), { transfers });
        const world = await openPaymentWorld(db, { shoppers: 400, merchants: 64 });
        return {
          ...world,
          measure: () => world.measure({ callers: CALLERS, seconds: plan.seconds }),
          // The transfers that fill it belong to no payment, so the payments' own audit has nothing to say here.
          audit: async () => {
            const { ok, differences } = await audit(db);
            if (!ok) throw new Error(`the audit differs: ${JSON.stringify(differences[0])}`);
          },
          close: () => db.$disconnect(),
        };
      };
      const big = await open('big', plan.size);
      const small = await open('small', SMALL);
      const measured = await interleave(plan, {
        ours: big.measure,
        reference: async () => (await small.measure()).rate,
        name: `a ledger of ${SMALL} transfers beside one of ${plan.size}, 16 callers`,
      });
      for (const world of [big, small]) {
        await world.audit();
        await world.close();
      }
      return measured;
    }),
};
