import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { DAY_MS, HOUR_MS, MINUTE_MS, newId, plusMs, SECOND_MS } from '@/lib/kernel';
import {
  deliverOutbox,
  forgetDelivered,
  type OutboxHandler,
  type OutboxMessage,
  parkedMessages,
  reviveMessages,
} from './index';

const START = new Date('2026-11-23T02:00:00.000Z');
let test: TestDatabase;

beforeEach(async () => {
  test = await openTestDatabase();
});
afterEach(() => test.close());

async function post(over: { payload?: string; createdAt?: Date; availableAt?: Date } = {}): Promise<string> {
  const { payload = '{"paymentId":"pay_1"}', createdAt = START, availableAt = createdAt } = over;
  const id = newId('out');
  await test.db.outboxMessage.create({
    data: { id, topic: 'payment.paid', payload, createdAt, availableAt },
  });
  return id;
}

/** A handler that keeps what it was given. */
function keeping(fail: (message: OutboxMessage) => boolean = () => false) {
  const seen: OutboxMessage[] = [];
  const handle: OutboxHandler = async (message) => {
    seen.push(message);
    if (fail(message)) throw new Error('the other side is down');
  };
  return { seen, handle };
}

const at = (now: Date) => ({ db: test.db, now });
const later = (ms: number) => at(plusMs(START, ms));
const row = (id: string) => test.db.outboxMessage.findUniqueOrThrow({ where: { id } });

/** Lets the time pass in steps, delivering at each. */
async function overTime(handle: OutboxHandler, time: { fromMs: number; untilMs: number; stepMs: number }) {
  for (let ms = time.fromMs; ms <= time.untilMs; ms += time.stepMs) await deliverOutbox(later(ms), handle);
}

describe('delivery', () => {
  it('hands each message over as it was written, once, and not before its time', async () => {
    const [now, soon] = [await post(), await post({ availableAt: plusMs(START, MINUTE_MS) })];
    const { seen, handle } = keeping();
    expect(await deliverOutbox(at(START), handle)).toMatchObject({ handled: 1 });
    expect(await deliverOutbox(later(SECOND_MS), handle)).toMatchObject({ handled: 0 });
    expect(seen).toEqual([
      { id: now, topic: 'payment.paid', payload: { paymentId: 'pay_1' }, createdAt: START },
    ]);
    await deliverOutbox(later(MINUTE_MS), handle);
    expect(seen.map(({ id }) => id)).toEqual([now, soon]);
    expect(await row(soon)).toMatchObject({ deliveredAt: plusMs(START, MINUTE_MS), leasedBy: null });
  });

  it('by many workers at once hands each message to one of them', async () => {
    const ids = await Promise.all(Array.from({ length: 120 }, () => post()));
    const { seen, handle } = keeping();
    for (let turn = 0; turn < 6; turn += 1) {
      await Promise.all(Array.from({ length: 5 }, () => deliverOutbox(at(START), handle)));
    }
    expect(seen.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  it('says when more is due than one turn takes', async () => {
    await Promise.all(Array.from({ length: 60 }, () => post()));
    const { handle } = keeping();
    expect(await deliverOutbox(at(START), handle)).toEqual({ handled: 50, more: true });
    expect(await deliverOutbox(at(START), handle)).toEqual({ handled: 10, more: false });
  });
});

describe('after the clock was an hour ahead and is right again', () => {
  it('a message that was written meanwhile goes out at once, one that is for later still at its time', async () => {
    const ahead = plusMs(START, HOUR_MS);
    const written = await post({ createdAt: ahead });
    const planned = await post({ createdAt: ahead, availableAt: plusMs(ahead, MINUTE_MS) });
    const gift = await post({ availableAt: plusMs(START, DAY_MS) });
    const { seen, handle } = keeping();
    await deliverOutbox(at(START), handle);
    expect(seen.map(({ id }) => id)).toEqual([written]);
    await deliverOutbox(at(plusMs(ahead, MINUTE_MS)), handle);
    expect(seen.map(({ id }) => id)).toEqual([written, planned]);
    expect(await row(gift)).toMatchObject({ attempts: 0 });
  });

  it('one that failed meanwhile is tried again at once', async () => {
    const id = await post();
    const { seen, handle } = keeping(() => seen.length < 2);
    await deliverOutbox(later(HOUR_MS), handle);
    await deliverOutbox(later(SECOND_MS), handle);
    expect(await row(id)).toMatchObject({ attempts: 2, lastError: 'the other side is down' });
    await deliverOutbox(later(2 * SECOND_MS), handle);
    expect(seen).toHaveLength(2);
  });
});

it('a message whose worker died while the clock was an hour ahead is taken by another once it is right', async () => {
  const id = await post();
  await new Promise<void>((taken) => {
    const die: OutboxHandler = () => {
      taken();
      return new Promise(() => {});
    };
    void deliverOutbox(later(HOUR_MS), die);
  });
  const { seen, handle } = keeping();
  await deliverOutbox(at(START), handle);
  expect(seen.map((message) => message.id)).toEqual([id]);
});

describe('a message whose handler fails', () => {
  it('is tried again after pauses that grow to ten minutes, and is delivered when it works', async () => {
    const id = await post();
    let broken = true;
    const { seen, handle } = keeping(() => broken);
    const pauses: number[] = [];
    let ms = 0;
    for (let turn = 0; turn < 11; turn += 1) {
      await deliverOutbox(later(ms), handle);
      const { availableAt, lastError, deliveredAt } = await row(id);
      expect({ lastError, deliveredAt }).toEqual({ lastError: 'the other side is down', deliveredAt: null });
      pauses.push(availableAt.getTime() - START.getTime() - ms);
      await deliverOutbox(at(plusMs(availableAt, -1)), handle);
      ms = availableAt.getTime() - START.getTime();
    }
    expect(pauses.slice(0, 4)).toEqual([4_000, 8_000, 16_000, 32_000]);
    expect(Math.max(...pauses)).toBe(10 * MINUTE_MS);
    expect(seen).toHaveLength(11);
    broken = false;
    await deliverOutbox(later(ms), handle);
    expect(await row(id)).toMatchObject({ deliveredAt: plusMs(START, ms), parkedAt: null });
  });

  it('holds no other message up', async () => {
    const bad = await post();
    const good = await post();
    const { handle } = keeping(({ id }) => id === bad);
    await deliverOutbox(at(START), handle);
    expect((await row(good)).deliveredAt).toEqual(START);
  });

  it('is parked after twelve tries, can be seen, and is delivered after it was revived', async () => {
    const id = await post();
    let broken = true;
    const { seen, handle } = keeping(() => broken);
    await overTime(handle, { fromMs: 0, untilMs: 3 * HOUR_MS, stepMs: MINUTE_MS });
    expect(seen).toHaveLength(12);
    const parked = await parkedMessages(test.db);
    expect(parked).toMatchObject([
      { id, topic: 'payment.paid', attempts: 12, lastError: 'the other side is down' },
    ]);

    broken = false;
    const now = plusMs(START, 4 * HOUR_MS);
    expect(await reviveMessages(at(now), [id])).toBe(1);
    expect(await reviveMessages(at(now), [id])).toBe(0);
    expect(await parkedMessages(test.db)).toEqual([]);
    await deliverOutbox(at(now), handle);
    expect(await row(id)).toMatchObject({ deliveredAt: now, parkedAt: null });
    expect(seen).toHaveLength(13);
  });

  it('tells who runs the worker when it is parked', async () => {
    const id = await post();
    const told: string[] = [];
    const { handle } = keeping(() => true);
    for (let ms = 0; ms < 3 * HOUR_MS; ms += MINUTE_MS) {
      await deliverOutbox(later(ms), handle, (message) => told.push(message.id));
    }
    expect(told).toEqual([id]);
  });

  it('is tried anew from the start once revived, with all its tries', async () => {
    const id = await post();
    const { seen, handle } = keeping(() => true);
    await overTime(handle, { fromMs: 0, untilMs: 3 * HOUR_MS, stepMs: MINUTE_MS });
    await reviveMessages(later(3 * HOUR_MS), [id]);
    await overTime(handle, { fromMs: 3 * HOUR_MS, untilMs: 6 * HOUR_MS, stepMs: MINUTE_MS });
    expect(seen).toHaveLength(24);
    expect((await row(id)).parkedAt).not.toBeNull();
  });

  it('because nobody can read it, is parked too and holds no other message up', async () => {
    const bad = await post({ payload: 'not json' });
    const nested = await post({ payload: '{"a":{"b":1}}' });
    const good = await post();
    const { seen, handle } = keeping();
    await overTime(handle, { fromMs: 0, untilMs: 3 * HOUR_MS, stepMs: MINUTE_MS });
    expect(seen.map(({ id }) => id)).toEqual([good]);
    expect((await parkedMessages(test.db)).map(({ id }) => id).sort()).toEqual([bad, nested].sort());
  });
});

describe('a worker that died with a message', () => {
  /** A handler that never comes back, as that of a process that was killed. */
  const never: OutboxHandler = () => new Promise(() => {});

  /** Resolves once the message is leased to the worker that will not come back. */
  async function dieWith(id: string, now: Date): Promise<void> {
    const begun = new Promise<void>((resolve) => {
      deliverOutbox(at(now), async (message) => {
        if (message.id === id) resolve();
        await never(message);
      });
    });
    await begun;
  }

  it('leaves it to another after half a minute, not before', async () => {
    const id = await post();
    await dieWith(id, START);
    const { seen, handle } = keeping();
    await deliverOutbox(later(29 * SECOND_MS), handle);
    expect(seen).toEqual([]);
    await deliverOutbox(later(30 * SECOND_MS), handle);
    expect(seen.map((message) => message.id)).toEqual([id]);
    expect((await row(id)).deliveredAt).not.toBeNull();
  });

  it('or was only slow, does not undo what the other did meanwhile', async () => {
    const id = await post();
    let fail: () => void = () => {};
    let slow: Promise<unknown> = Promise.resolve();
    await new Promise<void>((begun) => {
      slow = deliverOutbox(at(START), () => {
        begun();
        return new Promise((_, reject) => {
          fail = () => reject(new Error('too late'));
        });
      });
    });
    await deliverOutbox(later(31 * SECOND_MS), keeping().handle);
    fail();
    await slow;
    expect(await row(id)).toMatchObject({ deliveredAt: plusMs(START, 31 * SECOND_MS), lastError: null });
  });

  it('again and again is not followed by a worker for ever: the message is parked', async () => {
    const id = await post();
    for (let death = 0; death < 12; death += 1) await dieWith(id, plusMs(START, death * MINUTE_MS));
    const { seen, handle } = keeping();
    const told: string[] = [];
    await deliverOutbox(later(12 * MINUTE_MS), handle, (message) => told.push(message.id));
    expect(seen).toEqual([]);
    expect(told).toEqual([id]);
    expect(await parkedMessages(test.db)).toMatchObject([{ id, attempts: 12 }]);
  });
});

it('messages are forgotten a month after they were delivered; what waits or is parked stays', async () => {
  const [delivered, parked] = [await post(), await post()];
  const { handle } = keeping(({ id }) => id === parked);
  await overTime(handle, { fromMs: 0, untilMs: 3 * HOUR_MS, stepMs: MINUTE_MS });
  const waiting = await post({ availableAt: plusMs(START, 90 * DAY_MS) });
  expect(await forgetDelivered(later(29 * DAY_MS))).toBe(0);
  expect(await forgetDelivered(later(31 * DAY_MS))).toBe(1);
  const left = (await test.db.outboxMessage.findMany()).map(({ id }) => id);
  expect(left.sort()).toEqual([parked, waiting].sort());
  expect(left).not.toContain(delivered);
});
