import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Connection from 'better-sqlite3';
import { openDatabase } from '../lib/database';
import { migrate } from '../lib/database/migrations/migrate';
import { type Bench, interleave } from './row';
import { openPaymentWorld } from './world';

const CALLERS = 64;

/** Payments on SQLite, 64 at a time, beside better-sqlite3 that commits one small payment after the other. */
export const sqliteVsSingleCommit: Bench = {
  name: 'sqlite-vs-single-commit',
  engine: 'sqlite',
  floor: 2,
  aim: 3,
  measure: async (plan) => {
    const { seconds } = plan;
    const folder = mkdtempSync(join(tmpdir(), 'kabao-bench-'));
    const url = `file:${join(folder, 'kabao.db')}`;
    await migrate(url);
    const db = openDatabase(url);
    const reference = singleCommit(join(folder, 'reference.db'));
    try {
      const world = await openPaymentWorld(db, { shoppers: 200, merchants: 16 });
      const measured = await interleave(plan, {
        ours: () => world.measure({ callers: CALLERS, seconds }),
        reference: async () => reference.measure(seconds),
        name: 'better-sqlite3, one commit for each of the two phases',
      });
      await world.audit();
      return measured;
    } finally {
      reference.close();
      await db.$disconnect();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** The least a payment can be: two accounts held and captured, one transfer row each, two durable commits. */
function singleCommit(file: string) {
  const connection = new Connection(file);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.exec(`
    CREATE TABLE account (id INTEGER PRIMARY KEY, pending INTEGER NOT NULL, posted INTEGER NOT NULL);
    CREATE TABLE transfer (id INTEGER PRIMARY KEY, account INTEGER NOT NULL, kind TEXT NOT NULL, amount INTEGER NOT NULL)`);
  const open = connection.prepare('INSERT INTO account VALUES (?, 0, 0)');
  for (let id = 1; id <= 500; id += 1) open.run(id);
  const hold = connection.prepare('UPDATE account SET pending = pending + 300 WHERE id = ?');
  const capture = connection.prepare(
    'UPDATE account SET pending = pending - 300, posted = posted + 300 WHERE id = ?',
  );
  const log = connection.prepare('INSERT INTO transfer (account, kind, amount) VALUES (?, ?, 300)');
  const phase = connection.transaction((statement: typeof hold, kind: string, turn: number) => {
    for (const account of [1 + (turn % 499), 2 + (turn % 499)]) {
      statement.run(account);
      log.run(account, kind);
    }
  });
  return {
    measure: (seconds: number): number => {
      const startedAt = performance.now();
      let turns = 0;
      while (performance.now() - startedAt < seconds * 1_000) {
        turns += 1;
        phase.immediate(hold, 'hold', turns);
        phase.immediate(capture, 'capture', turns);
      }
      return turns / ((performance.now() - startedAt) / 1_000);
    },
    close: () => connection.close(),
  };
}
