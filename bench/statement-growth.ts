import { cardStatementOf } from '../lib/cards';
import type { Database } from '../lib/database';
import { type Id, newId } from '../lib/kernel';
import { houseAccount, openAccounts, post } from '../lib/ledger';
import { fillLedger } from './fill-ledger';
import { openMigrated, withPostgres } from './postgres';
import { type Bench, type Measured, type Plan, quantile, sorted } from './row';
import { addCardRow, addProgramme, addUser } from './world';

const LONG = 100_000;
const SHORT = 10;

/** A page of the statement of a card with 100,000 entries beside one of a card with ten: the 95th percentile. */
export const statementGrowth: Bench = {
  name: 'statement-growth',
  engine: 'postgres',
  floor: 1.5,
  aim: 1.1,
  atMost: true,
  measure: (plan) =>
    withPostgres(async (server) => {
      const db = await openMigrated(server);
      await fillLedger(server.urlOf('kabao'), { transfers: 2 * LONG - 1, paymentsPerCard: LONG - 1 });
      const cards = await twoCards(db);
      const measured = await pages(plan, db, cards);
      await db.$disconnect();
      return measured;
    }),
};

interface Cards {
  readonly userId: Id<'usr'>;
  readonly long: string;
  readonly short: string;
}

async function twoCards(db: Database): Promise<Cards> {
  const now = new Date();
  await addProgramme(db, now);
  const userId = await addUser(db, now);
  const shortAccount = newId('acc');
  await openAccounts(db, [{ id: shortAccount, kind: 'card', currency: 'CNY', now }]);
  for (let entry = 1; entry <= SHORT; entry += 1) {
    const issue = {
      type: 'post' as const,
      id: `short:${entry}`,
      movement: 'issue' as const,
      debit: houseAccount('custodyCash', 'CNY'),
      credit: { id: shortAccount, kind: 'card' as const },
      amountMinor: 100n,
      reference: 'short',
    };
    await post(db, [issue], now);
  }
  return {
    userId,
    long: await addCardRow(db, { userId, accountId: 'fill-card-0', now }),
    short: await addCardRow(db, { userId, accountId: shortAccount, now }),
  };
}

/** Pages are asked in turn; of the long statement any page, of the short one its only one. */
async function pages(plan: Plan, db: Database, { userId, long, short }: Cards): Promise<Measured> {
  const context = { db, now: new Date() };
  const timed = async (cardId: string, before?: string) => {
    const begunAt = performance.now();
    const statement = await cardStatementOf(context, userId, { cardId, before });
    if (!statement?.lines.length) throw new Error('a page has lines');
    return performance.now() - begunAt;
  };
  const ratios: number[] = [];
  const all: number[] = [];
  const allShort: number[] = [];
  for (let round = 0; round <= plan.rounds; round += 1) {
    const [longMs, shortMs]: [number[], number[]] = [[], []];
    const endsAt = performance.now() + 2 * plan.seconds * 1_000;
    while (performance.now() < endsAt) {
      longMs.push(await timed(long, String(2 + Math.floor(Math.random() * LONG))));
      shortMs.push(await timed(short));
    }
    if (round === 0) continue;
    ratios.push(quantile(sorted(longMs), 0.95) / quantile(sorted(shortMs), 0.95));
    all.push(...longMs);
    allShort.push(...shortMs);
  }
  const perSecond = (times: readonly number[]) =>
    (1_000 * times.length) / times.reduce((sum, each) => sum + each, 0);
  return {
    ratio: quantile(sorted(ratios), 0.5),
    min: quantile(sorted(ratios), 0),
    max: quantile(sorted(ratios), 1),
    rate: perSecond(all),
    referenceRate: perSecond(allShort),
    p50Ms: quantile(sorted(all), 0.5),
    p99Ms: quantile(sorted(all), 0.99),
    reference: `p95 of a page of ${LONG} entries over one of ${SHORT}`,
  };
}
