import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../lib/database';
import { migrate } from '../lib/database/migrations/migrate';
import { type Bench, interleave } from './row';
import { openPaymentWorld } from './world';

const CALLERS = 64;
const TICK_MS = 10;

/** Timer ticks of the thread that serves requests, while payments saturate SQLite, beside those of a thread at rest. */
export const ticks: Bench = {
  name: 'ticks',
  engine: 'sqlite',
  floor: 0.95,
  aim: 0.99,
  measure: async (plan) => {
    const { seconds } = plan;
    const folder = mkdtempSync(join(tmpdir(), 'kabao-bench-'));
    const url = `file:${join(folder, 'kabao.db')}`;
    await migrate(url);
    const db = openDatabase(url);
    try {
      const world = await openPaymentWorld(db, { shoppers: 200, merchants: 16 });
      const measured = await interleave(plan, {
        ours: async () => {
          let counted: Ticks | undefined;
          const pay = world.measure({
            callers: CALLERS,
            seconds,
            begun: () => {
              counted = countTicks();
            },
          });
          const { latenciesMs } = await pay;
          return { rate: counted?.rate() ?? 0, latenciesMs };
        },
        reference: async () => {
          const counted = countTicks();
          await new Promise((done) => setTimeout(done, seconds * 1_000));
          return counted.rate();
        },
        name: `a timer of ${TICK_MS} ms at rest (rates are ticks per second; times are of payments, ${CALLERS} callers)`,
      });
      await world.audit();
      return measured;
    } finally {
      await db.$disconnect();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Ticks {
  /** Ticks per second since the count began; ends the count. */
  rate(): number;
}

function countTicks(): Ticks {
  const startedAt = performance.now();
  let counted = 0;
  const timer = setInterval(() => {
    counted += 1;
  }, TICK_MS);
  return {
    rate: () => {
      clearInterval(timer);
      return counted / ((performance.now() - startedAt) / 1_000);
    },
  };
}
