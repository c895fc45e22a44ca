import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { MINUTE_MS, newId, plusMs } from '@/lib/kernel';
import type { Channel, Outgoing, Sending } from './channels';
import { type DeliveryOrder, SendLater, sendOnce } from './index';
import { sandboxChannel } from './sandbox-channel';

const NOW = new Date('2026-11-23T02:00:00.000Z');
const ADDRESS = 'lilei@example.test';
let test: TestDatabase;
let order: DeliveryOrder;

beforeEach(async () => {
  test = await openTestDatabase();
  const messageId = newId('out');
  order = {
    deliveryId: `${messageId}.email`,
    messageId,
    topic: 'payment.paid',
    channel: 'email',
    to: ADDRESS,
    maskedTo: 'l•••@example.test',
    locale: 'zh-CN',
    content: { subject: '已付款', text: '已付款 8.00 元', html: '<p>已付款</p>' },
  };
});
afterEach(() => test.close());

const context = (email: Channel | null, now = NOW) => ({ db: test.db, now, channels: { email, sms: null } });
const row = () => test.db.delivery.findUniqueOrThrow({ where: { id: order.deliveryId } });
const SENT: Sending = { status: 'sent', providerId: 'provider-1' };

/** A channel that answers what it is told to, in turn, and keeps what it was given. */
function channelOf(...answers: Sending[]) {
  const given: Outgoing[] = [];
  const send = async (message: Outgoing) => {
    given.push(message);
    return answers[given.length - 1] ?? SENT;
  };
  return { given, send };
}

describe('a delivery', () => {
  it('is sent once, however often and at once it is asked for', async () => {
    const channel = channelOf();
    const ask = () => sendOnce(context(channel), order);
    const ends = await Promise.allSettled(Array.from({ length: 10 }, ask));
    expect(ends.filter((end) => end.status === 'fulfilled').length).toBeGreaterThan(0);
    expect(await ask()).toBe('sent');
    expect(channel.given).toHaveLength(1);
    expect(channel.given[0]).toMatchObject({ deliveryId: order.deliveryId, to: ADDRESS });
    expect(await row()).toMatchObject({ state: 'sent', attempts: 1, providerId: 'provider-1', sentAt: NOW });
  });

  it('that may work later is asked for again, and then it is sent', async () => {
    const channel = channelOf({ status: 'again', code: 'ETIMEDOUT' });
    await expect(sendOnce(context(channel), order)).rejects.toThrow(SendLater);
    expect(await row()).toMatchObject({ state: 'sending', lastError: 'ETIMEDOUT', leasedUntil: null });
    expect(await sendOnce(context(channel, plusMs(NOW, 1)), order)).toBe('sent');
    expect(await row()).toMatchObject({ state: 'sent', attempts: 2, lastError: null });
  });

  it('that the provider refuses is given up and never tried again', async () => {
    const channel = channelOf({ status: 'refused', code: 'EENVELOPE 550' });
    expect(await sendOnce(context(channel), order)).toBe('failed');
    expect(await sendOnce(context(channel), order)).toBe('failed');
    expect(channel.given).toHaveLength(1);
    expect(await row()).toMatchObject({ state: 'failed', lastError: 'EENVELOPE 550' });
  });

  it('by a channel that nobody configured is given up, with the reason', async () => {
    expect(await sendOnce(context(null), order)).toBe('failed');
    expect(await row()).toMatchObject({ state: 'failed', lastError: 'no_provider' });
  });

  it('keeps no address and no text', async () => {
    await sendOnce(context(channelOf()), order);
    expect(JSON.stringify(await row())).not.toMatch(/lilei|已付款/);
  });
});

describe('a worker that takes long to send', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('keeps its delivery for as long as it is alive, and no other sends it too', async () => {
    const ending = new EventEmitter();
    const begun = once(ending, 'begun');
    const send = async (): Promise<Sending> => {
      ending.emit('begun');
      await once(ending, 'end');
      return { status: 'again', code: 'ETIMEDOUT' };
    };
    const slow = sendOnce(context({ send }), order);
    await begun;
    for (let minute = 1; minute <= 5; minute += 1) {
      const renewed = plusMs(NOW, (minute + 2) * MINUTE_MS).getTime();
      vi.advanceTimersByTime(MINUTE_MS);
      while ((await row()).leasedUntil?.getTime() !== renewed);
    }
    const other = channelOf();
    await expect(sendOnce(context(other, plusMs(NOW, 5 * MINUTE_MS)), order)).rejects.toThrow(SendLater);
    expect(other.given).toHaveLength(0);
    ending.emit('end');
    await expect(slow).rejects.toThrow(SendLater);
    expect(await row()).toMatchObject({ state: 'sending', lastError: 'ETIMEDOUT', leasedUntil: null });
  });
});

describe('a worker that was killed while it sent', () => {
  /** Sends, and never comes back to say so. */
  async function die(send: (message: Outgoing) => void, now = NOW): Promise<void> {
    await new Promise<void>((sent) => {
      const channel = {
        send: (message: Outgoing) => {
          send(message);
          sent();
          return new Promise<Sending>(() => {});
        },
      };
      sendOnce(context(channel, now), order);
    });
  }

  it('keeps the delivery for two minutes; then another sends it under the same id', async () => {
    const channel = channelOf();
    await die((message) => channel.given.push(message));
    await expect(sendOnce(context(channel, plusMs(NOW, 2 * MINUTE_MS - 1)), order)).rejects.toThrow(
      SendLater,
    );
    expect(channel.given).toHaveLength(1);
    expect(await sendOnce(context(channel, plusMs(NOW, 2 * MINUTE_MS)), order)).toBe('sent');
    expect(channel.given.map(({ deliveryId }) => deliveryId)).toEqual([order.deliveryId, order.deliveryId]);
  });

  it('while the clock was an hour ahead leaves the delivery to another once it is right', async () => {
    const channel = channelOf();
    await die(() => {}, plusMs(NOW, 60 * MINUTE_MS));
    expect(await sendOnce(context(channel), order)).toBe('sent');
  });

  it('is no second message where the provider knows the first', async () => {
    const arrived: string[] = [];
    await die(({ deliveryId }) => arrived.push(deliveryId));
    const channel = channelOf();
    const find = async ({ deliveryId }: Outgoing): Promise<Sending | null> =>
      arrived.includes(deliveryId) ? { status: 'sent', providerId: 'known' } : null;
    expect(await sendOnce(context({ ...channel, find }, plusMs(NOW, 3 * MINUTE_MS)), order)).toBe('sent');
    expect(channel.given).toHaveLength(0);
    expect(await row()).toMatchObject({ state: 'sent', providerId: 'known' });
  });

  it('is one message in the demo, whenever it was killed', async () => {
    const channel = sandboxChannel(test.db, 'email');
    await die((message) => channel.send(message));
    await sendOnce(context(channel, plusMs(NOW, 3 * MINUTE_MS)), order);
    expect(await test.db.sandboxMessage.findMany()).toMatchObject([
      { id: order.deliveryId, to: ADDRESS, subject: '已付款', text: '已付款 8.00 元', html: '<p>已付款</p>' },
    ]);
  });
});
