import { type Database, isDatabase, type Tx } from './client';

/** The longest that a read waits for the one before it: then it starts although that one is still under way. */
const MOST_WAIT_MS = 20;

interface Round {
  /** Those who start together when the reads under way have ended. */
  waiting: (() => void)[];
  underWay: number;
}

/**
 * Lets reads that come while others of their kind are under way start in one turn of the event loop: Prisma makes one
 * statement of the `findUnique`s of a turn. A read that comes alone starts at once, and in a transaction each goes by itself.
 */
export function readTogether<Ask, Answer>(
  read: (client: Database | Tx, ask: Ask) => Promise<Answer>,
): (client: Database | Tx, ask: Ask) => Promise<Answer> {
  const rounds = new WeakMap<Database, Round>();
  return async (client, ask) => {
    if (!isDatabase(client)) return read(client, ask);
    const round = rounds.get(client) ?? { waiting: [], underWay: 0 };
    rounds.set(client, round);
    if (round.underWay > 0) await nextTurn(round);
    round.underWay += 1;
    try {
      return await read(client, ask);
    } finally {
      round.underWay -= 1;
      if (round.underWay === 0) startAll(round);
    }
  };
}

function nextTurn(round: Round): Promise<void> {
  return new Promise((resolve) => {
    round.waiting.push(resolve);
    if (round.waiting.length > 1) return;
    const { waiting } = round;
    const timer = setTimeout(() => {
      if (round.waiting === waiting) startAll(round);
    }, MOST_WAIT_MS);
    waiting.push(() => clearTimeout(timer));
  });
}

function startAll(round: Round): void {
  const starting = round.waiting;
  round.waiting = [];
  for (const start of starting) start();
}
