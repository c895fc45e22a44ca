import { setImmediate } from 'node:timers';
import type { Database } from './client';

/** Writes rows by one statement: all, or it throws. Its answers stand in the order of the rows. */
type GatheredWrite<Row, Answer> = (db: Database, rows: readonly Row[]) => Promise<readonly Answer[]>;

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
      return await writeTogether(db, write, waiting);
    } catch {
      // Whose fault it was shows when each goes alone.
    }
  }
  await Promise.all(waiting.map((each) => writeTogether(db, write, [each]).catch(each.reject)));
}

async function writeTogether<Row, Answer>(
  db: Database,
  write: GatheredWrite<Row, Answer>,
  waiting: readonly Waiting<Row, Answer>[],
): Promise<void> {
  const answers = await write(
    db,
    waiting.map(({ row }) => row),
  );
  for (const [index, answer] of answers.entries()) waiting[index]?.resolve(answer);
}
