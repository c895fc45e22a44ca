import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CheckoutWorld, openCheckoutWorld } from '@/lib/checkout/testing';
import { DAY_MS, endOfDay, plusMs } from '@/lib/kernel';
import { houseAccount, post } from '@/lib/ledger';
import { remindOfExpiry } from './index';

const ZONE = 'Asia/Shanghai';
/** The last day is the first of March: the month before has 28 days, the one before that 31. */
const ENDS = endOfDay(ZONE, { year: 2027, month: 3, day: 1 });
let world: CheckoutWorld;

beforeEach(async () => {
  world = await openCheckoutWorld();
});
afterEach(() => world.close());

const pass = (now: Date, zone = ZONE) => remindOfExpiry({ db: world.test.db, now, zone });
/** Noon in Shanghai, `days` before the last day. */
const noon = (days: number) => plusMs(ENDS, -DAY_MS / 2 - days * DAY_MS);

async function told(): Promise<string[]> {
  const rows = await world.test.db.outboxMessage.findMany({
    where: { topic: { startsWith: 'card.exp' } },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(({ topic, payload }) => `${topic} ${JSON.parse(payload).cardId}`);
}

async function addCard(over: { amountMinor?: bigint; expiresAt?: Date } = {}) {
  return (await world.addCard({ amountMinor: 5_000n, expiresAt: ENDS, ...over })).id;
}

describe('a card that ends', () => {
  it('is told of 30, 7 and 1 days before its last day and when it has ended, once each', async () => {
    const id = await addCard();
    const days: number[] = [];
    for (let left = 40; left >= -4; left -= 1) {
      for (const now of [noon(left), plusMs(noon(left), 60_000)])
        if ((await pass(now)).told > 0) days.push(left);
    }
    expect(days).toEqual([30, 7, 1, -1]);
    expect(await told()).toEqual([
      ...Array.from({ length: 3 }, () => `card.expiring ${id}`),
      `card.expired ${id}`,
    ]);
  });

  it('counts days as the issuer’s calendar does, to the last second', async () => {
    await addCard();
    const midnight = plusMs(ENDS, -31 * DAY_MS);
    expect(await pass(plusMs(midnight, -1))).toEqual({ told: 0 });
    // The same instant is still the day before where clocks are behind, where the card's last day is the 1st as well.
    expect(await pass(midnight, 'America/Los_Angeles')).toEqual({ told: 0 });
    expect(await pass(midnight)).toEqual({ told: 1 });
    expect(await pass(plusMs(ENDS, -1))).toEqual({ told: 1 });
    expect(await pass(ENDS)).toEqual({ told: 1 });
    expect((await told()).map((line) => line.split(' ')[0])).toEqual([
      'card.expiring',
      'card.expiring',
      'card.expired',
    ]);
  });

  it('is told of late rather than never, by the nearest stage alone', async () => {
    // An end within a second: the databases write its fraction differently.
    const expiresAt = plusMs(ENDS, -880);
    await addCard({ expiresAt });
    expect(await pass(noon(5))).toEqual({ told: 1 });
    expect(await pass(noon(4))).toEqual({ told: 0 });
    expect(await world.test.db.cardReminder.findMany()).toMatchObject([{ daysLeft: 7, expiresAt }]);
  });

  it('is told of once by workers that look at the same time', async () => {
    await addCard();
    const passes = await Promise.all(Array.from({ length: 6 }, () => pass(noon(7))));
    expect(passes.reduce((sum, each) => sum + each.told, 0)).toBe(1);
    expect(await told()).toHaveLength(1);
  });

  it('and was extended is told of anew for its new day', async () => {
    const id = await addCard();
    await pass(noon(1));
    const later = endOfDay(ZONE, { year: 2028, month: 3, day: 1 });
    await world.test.db.card.update({ where: { id }, data: { expiresAt: later } });
    expect(await pass(noon(0))).toEqual({ told: 0 });
    expect(await pass(plusMs(later, -DAY_MS * 1.5))).toEqual({ told: 1 });
    expect(await told()).toHaveLength(2);
  });

  it('while it is looked at, and is extended in that moment, is not told of for the old day', async () => {
    const id = await addCard();
    const later = endOfDay(ZONE, { year: 2028, month: 3, day: 1 });
    const { db } = world.test;
    const racing = new Proxy(db, {
      get: (target, name) => {
        if (name !== 'card') return Reflect.get(target, name);
        const findMany = async (query: Parameters<typeof db.card.findMany>[0]) => {
          const rows = await db.card.findMany(query);
          await db.card.update({ where: { id }, data: { expiresAt: later } });
          return rows;
        };
        return { findMany };
      },
    });
    const databases = [racing];
    const context = {
      now: noon(7),
      zone: ZONE,
      get db() {
        return databases.pop() ?? db;
      },
    };
    expect(await remindOfExpiry(context)).toEqual({ told: 0 });
    expect(await told()).toEqual([]);
    expect(await db.cardReminder.count()).toBe(0);
  });
});

it('nobody is told of a card without value, without a holder, that is closed, or that ended long ago', async () => {
  const { db } = world.test;
  await addCard({ amountMinor: 0n });
  await addCard({ expiresAt: plusMs(ENDS, -30 * DAY_MS) });
  await db.card.update({ where: { id: await addCard() }, data: { holderId: null, boundAt: null } });
  await db.card.update({ where: { id: await addCard() }, data: { state: 'closed' } });
  expect(await pass(noon(1))).toEqual({ told: 0 });
});

it('a card is told of as ended when its value is dormant by then, and not when it was used up', async () => {
  const { db } = world.test;
  const move = async (movement: 'expire' | 'withdrawSold') => {
    const id = await addCard();
    await pass(noon(1));
    const { accountId } = await db.card.findUniqueOrThrow({ where: { id } });
    const debit = { id: accountId, kind: 'card' as const };
    const credit =
      movement === 'expire'
        ? houseAccount('dormant', 'CNY')
        : { id: 'merchant:self', kind: 'merchantPayable' as const };
    const moved = { type: 'post', id: movement, movement, debit, credit, reference: id } as const;
    expect((await post(db, [{ ...moved, amountMinor: 5_000n }], noon(0))).ok).toBe(true);
  };
  await move('withdrawSold');
  expect(await pass(plusMs(ENDS, 1))).toEqual({ told: 0 });
  await move('expire');
  expect(await pass(plusMs(ENDS, 1))).toEqual({ told: 1 });
});
