import { clearTimeout, setImmediate, setTimeout } from 'node:timers';
import { type Database, isDatabase, type Tx } from './client';

/** The longest that a read waits for those before it: then it starts although they are still under way, and nobody else waits for them. */
const MOST_WAIT_MS = 20;
/** So that a statement stays far from the parameters that either engine allows. */
const MOST_KEYS = 64;

/** Reads the rows with any of these keys by one statement, in any order. The first may stand there several times. */
type ReadAll<Key, Row> = (client: Database | Tx, keys: readonly Key[]) => Promise<readonly Row[]>;

interface Waiting<Key, Row> {
  readonly key: Key;
  readonly resolve: (row: Row | null) => void;
  readonly reject: (error: unknown) => void;
}

interface Round<Key, Row> {
  /** Those who start together when the reads under way have ended. */
  waiting: Waiting<Key, Row>[];
  underWay: number;
  patience?: NodeJS.Timeout;
}

/**
 * Makes one statement of the reads by key that come in one turn of the event loop, or while earlier ones are under way;
 * each caller gets the row of its own key, or null. It fails for all of them or for none, so that no key may be unreadable
 * (`isStorableText`). In a transaction each goes by itself. Prisma's own gathering of `findUnique` takes four times the
 * processor's time.
 */
export function readTogether<Key extends string, Row>(
  readAll: ReadAll<Key, Row>,
  keyOf: (row: Row) => string,
): (client: Database | Tx, key: Key) => Promise<Row | null> {
  const rounds = new WeakMap<Database, Round<Key, Row>>();
  const answer = async (client: Database | Tx, asked: readonly Waiting<Key, Row>[]) => {
    try {
      const rows = await readAll(client, padded([...new Set(asked.map(({ key }) => key))]));
      const byKey = new Map(rows.map((row) => [keyOf(row), row]));
      for (const { key, resolve } of asked) resolve(byKey.get(key) ?? null);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  };
  const startAll = (db: Database, round: Round<Key, Row>) => {
    clearTimeout(round.patience);
    while (round.waiting.length > 0) {
      round.underWay += 1;
      void answer(db, round.waiting.splice(0, MOST_KEYS)).then(() => {
        round.underWay -= 1;
        if (round.underWay === 0 && round.waiting.length > 0) setImmediate(() => startAll(db, round));
      });
    }
  };
  const join = (db: Database, asked: Waiting<Key, Row>) => {
    const round = rounds.get(db) ?? { waiting: [], underWay: 0 };
    rounds.set(db, round);
    round.waiting.push(asked);
    if (round.waiting.length > 1) return;
    if (round.underWay === 0) setImmediate(() => startAll(db, round));
    else {
      round.patience = setTimeout(() => {
        // A read that hangs is left to itself: those that come later begin a round of their own.
        rounds.delete(db);
        startAll(db, round);
      }, MOST_WAIT_MS);
    }
  };
  return (client, key) =>
    new Promise((resolve, reject) => {
      const asked = { key, resolve, reject };
      if (isDatabase(client)) join(client, asked);
      else void answer(client, [asked]);
    });
}

/** As many keys as the next power of two: a list of another length is another statement, to be compiled and planned anew. */
function padded<Key>(keys: readonly Key[]): readonly Key[] {
  const [first] = keys;
  if (first === undefined) return keys;
  const missing = 2 ** Math.ceil(Math.log2(keys.length)) - keys.length;
  return [...keys, ...Array.from({ length: missing }, () => first)];
}
