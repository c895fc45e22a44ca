import { setImmediate } from 'node:timers';
import type { Database } from './client';

/** How to write many rows by one statement, and one of them alone. Answers stand in the order of the rows. */
export interface GatheredWrite<Row, Answer> {
  /** Writes all or throws; when it throws, each of the rows is written alone. */
  readonly many: (db: Database, rows: readonly Row[]) => Promise<readonly Answer[]>;
  readonly one: (db: Database, row: Row) => Promise<Answer>;
}

interface Waiting<Row, Answer> {
  readonly row: Row;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** So that a statement stays far from the parameters that either engine allows. */
const MOST_ROWS = 100;

/**
 * Makes one statement of the writes that come in one turn of the event loop; each caller gets the answer of its own. A
 * row that cannot be written with the others is written alone and harms none of them. Outside of transactions only.
 */
export function gatherWrites<Row, Answer>(
  write: GatheredWrite<Row, Answer>,
): (db: Database, row: Row) => Promise<Answer> {
  const open = new WeakMap<Database, Waiting<Row, Answer>[]>();
  return (db, row) =>
    new Promise((resolve, reject) => {
      const waiting = open.get(db) ?? [];
      waiting.push({ row, resolve, reject });
      if (waiting.length === 1) {
        open.set(db, waiting);
        setImmediate(() => {
          open.delete(db);
          while (waiting.length > 0) void writeAll(db, write, waiting.splice(0, MOST_ROWS));
        });
      }
    });
}

async function writeAll<Row, Answer>(
  db: Database,
  write: GatheredWrite<Row, Answer>,
  waiting: readonly Waiting<Row, Answer>[],
): Promise<void> {
  if (waiting.length > 1) {
    try {
      const answers = await write.many(
        db,
        waiting.map(({ row }) => row),
      );
      for (const [index, answer] of answers.entries()) waiting[index]?.resolve(answer);
      return;
    } catch {
      // Whose fault it was shows when each goes alone.
    }
  }
  await Promise.all(waiting.map(({ row, resolve, reject }) => write.one(db, row).then(resolve, reject)));
}
