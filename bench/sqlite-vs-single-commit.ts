import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../lib/database';
import { migrate } from '../lib/database/migrations/migrate';
import { type Bench, interleave } from './row';
import { openStraightPayments } from './straight-payment';
import { openPaymentWorld } from './world';

const CALLERS = 64;

/** Payments on SQLite, 64 at a time, beside better-sqlite3 that commits each phase of one payment after the other. */
export const sqliteVsSingleCommit: Bench = {
  name: 'sqlite-vs-single-commit',
  engine: 'sqlite',
  floor: 2,
  aim: 3,
  measure: async (plan) => {
    const { seconds } = plan;
    const folder = mkdtempSync(join(tmpdir(), 'kabao-bench-'));
    const open = async (file: string) => {
      await migrate(`file:${file}`);
      const db = openDatabase(`file:${file}`);
      return { db, world: await openPaymentWorld(db, { shoppers: 200, merchants: 16 }) };
    };
    const ours = await open(join(folder, 'kabao.db'));
    const theirs = await open(join(folder, 'reference.db'));
    const straight = openStraightPayments(join(folder, 'reference.db'));
    try {
      const measured = await interleave(plan, {
        ours: () => ours.world.measure({ callers: CALLERS, seconds }),
        reference: async () =>
          (
            await theirs.world.measure({ callers: 1, seconds }, async (checkout) => {
              straight.pay(checkout);
            })
          ).rate,
        name: 'better-sqlite3 with the same rows, one commit for each of the two phases',
      });
      await ours.world.audit();
      await theirs.world.audit();
      return measured;
    } finally {
      straight.close();
      await ours.db.$disconnect();
      await theirs.db.$disconnect();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
