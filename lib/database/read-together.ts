import { type Database, isDatabase, type Tx } from './client';

/** The longest that a read waits for those before it: then it starts although they are still under way, and nobody else waits for them. */
const MOST_WAIT_MS = 20;

interface Round {
  /** Those who start together when the reads under way have ended. */
  waiting: (() => void)[];
  underWay: number;
  /** Whether what starts is still being asked: who comes in the same breath (`Promise.all`) starts with it. */
  starting: boolean;
}

/**
 * Lets reads that come while others of their kind are under way start in one turn of the event loop: Prisma makes one
 * statement of the `findUnique`s of a turn, which fails for all of them or for none, so that what one asks must never be
 * unreadable (`isStorableText`). A read that comes while none is under way starts at once, with all that are asked in the
 * same breath, and in a transaction each goes by itself.
 */
export function readTogether<Ask, Answer>(
  read: (client: Database | Tx, ask: Ask) => Promise<Answer>,
): (client: Database | Tx, ask: Ask) => Promise<Answer> {
  const rounds = new WeakMap<Database, Round>();
  const current = (client: Database) => {
    const round = rounds.get(client) ?? { waiting: [], underWay: 0, starting: false };
    rounds.set(client, round);
    return round;
  };
  const nextTurn = (client: Database) =>
    new Promise<void>((resolve) => {
      const round = current(client);
      round.waiting.push(resolve);
      if (round.waiting.length > 1) return;
      const { waiting } = round;
      const timer = setTimeout(() => {
        // A read that hangs is left to itself: those that come later begin a round of their own.
        rounds.delete(client);
        startAll(round);
      }, MOST_WAIT_MS);
      waiting.push(() => clearTimeout(timer));
    });
  return async (client, ask) => {
    if (!isDatabase(client)) return read(client, ask);
    const { underWay, starting } = current(client);
    if (underWay > 0 && !starting) await nextTurn(client);
    const round = current(client);
    round.underWay += 1;
    round.starting = true;
    queueMicrotask(() => {
      round.starting = false;
    });
    try {
      return await read(client, ask);
    } finally {
      round.underWay -= 1;
      if (round.underWay === 0) startAll(round);
    }
  };
}

function startAll(round: Round): void {
  const starting = round.waiting;
  round.waiting = [];
  for (const start of starting) start();
}
