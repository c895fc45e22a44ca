import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { newId, plusMs } from '@/lib/kernel';
import type { OutboxMessage } from '@/lib/outbox';
import type { Channel, Sending } from './channels';
import {
  choicesFromBoxes,
  choosePreferences,
  inboxOf,
  markInboxRead,
  SendLater,
  type TellContext,
  tellPeople,
  unreadCount,
} from './index';
import { sandboxChannel } from './sandbox-channel';

const NOW = new Date('2026-11-23T02:00:00.000Z');
let test: TestDatabase;
let userId: string;
let context: TellContext;

beforeEach(async () => {
  test = await openTestDatabase();
  userId = newId('usr');
  await addUser({ id: userId, email: 'lilei@example.test', phone: '+8613800138000', locale: 'zh-CN' });
  context = {
    db: test.db,
    now: NOW,
    channels: { email: sandboxChannel(test.db, 'email'), sms: sandboxChannel(test.db, 'sms') },
    origin: 'https://shop.example',
    zone: 'Asia/Shanghai',
  };
});
afterEach(() => test.close());

async function addUser(user: { id: string; email: string | null; phone: string | null; locale: string }) {
  const rest = { name: '小明', passwordHash: '-', role: 'shopper', createdAt: NOW };
  await test.db.user.create({ data: { ...user, ...rest } });
}

const message = (over: Partial<OutboxMessage> = {}): OutboxMessage => ({
  id: newId('out'),
  topic: 'card.bound',
  payload: { userId, cardId: 'crd_1' },
  createdAt: NOW,
  ...over,
});
const inbox = (page = 1) =>
  inboxOf({ db: test.db, locale: 'zh-CN', zone: 'Asia/Shanghai' }, { userId, page });
const sent = () => test.db.sandboxMessage.findMany({ orderBy: { id: 'asc' } });

describe('what people are told', () => {
  it('a message that is delivered ten times, also at once, is told once by each way', async () => {
    const bound = message();
    // Who is in another's way comes again, as the outbox lets it.
    await Promise.allSettled(Array.from({ length: 10 }, () => tellPeople(context, bound)));
    await tellPeople(context, bound);
    expect((await inbox()).entries).toMatchObject([
      {
        id: bound.id,
        topic: 'card.bound',
        title: '绑定了一张卡',
        path: '/cards/crd_1',
        at: NOW,
        read: false,
      },
    ]);
    expect((await sent()).map(({ id, channel, to }) => ({ id, channel, to }))).toEqual([
      { id: `${bound.id}.email`, channel: 'email', to: 'lilei@example.test' },
      { id: `${bound.id}.sms`, channel: 'sms', to: '+8613800138000' },
    ]);
    expect(await test.db.delivery.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
      { maskedTo: 'l•••@example.test', state: 'sent', attempts: 1, userId },
      { maskedTo: '138 •••• 8000', state: 'sent', attempts: 1, userId },
    ]);
  });

  it('is said in the language of the account, in text and html, with the way to the page and to the settings', async () => {
    await test.db.user.update({ where: { id: userId }, data: { locale: 'en' } });
    await tellPeople(context, message());
    const [mail, sms] = await sent();
    expect(mail?.subject).toBe('A card was added · Kabao');
    expect(mail?.html).toContain('<html lang="en">');
    for (const part of [mail?.text, mail?.html]) {
      expect(part).toContain('your card is now in your wallet');
      expect(part).toContain('https://shop.example/cards/crd_1');
      expect(part).toContain('https://shop.example/account/notifications');
    }
    expect(sms?.text).toMatch(/^your card is now in your wallet/);
    expect(sms?.text).not.toContain('http');
  });

  it('says how much of a given card has ended, in the inbox, by mail and by short message, in either language', async () => {
    const payload = { userId, cardId: 'crd_1', amountMinor: '8000', currency: 'CNY' };
    await tellPeople(context, message({ topic: 'card.lapsed', payload }));
    expect((await inbox()).entries).toMatchObject([{ topic: 'card.lapsed', title: '过期余额已作废' }]);
    await test.db.user.update({ where: { id: userId }, data: { locale: 'en' } });
    await tellPeople(context, message({ topic: 'card.lapsed', payload }));
    const texts = (await sent()).map(({ text }) => text);
    expect(texts).toHaveLength(4);
    for (const text of texts) expect(text).toContain('¥80.00');
    expect(texts.filter((text) => text.includes('已过保留期'))).toHaveLength(2);
    expect(texts.filter((text) => text.includes('has now ended'))).toHaveLength(2);
  });

  it('that concerns no person, or only machines, is told to nobody and is no failure', async () => {
    await tellPeople(context, message({ payload: { cardId: 'crd_1' } }));
    await tellPeople(context, message({ topic: 'payment.reserved' }));
    await tellPeople(context, message({ topic: 'toString' }));
    expect(await test.db.inboxMessage.count()).toBe(0);
    expect(await sent()).toEqual([]);
  });

  it('to nobody we know is a failure, which support sees', async () => {
    await expect(tellPeople(context, message({ payload: { userId: 'usr_none' } }))).rejects.toThrow();
  });

  it('a way that fails for now makes the message come again and is in no other’s way', async () => {
    let answer: Sending = { status: 'again', code: 'ETIMEDOUT' };
    const email: Channel = { send: async () => answer };
    const failing = { ...context, channels: { ...context.channels, email } };
    const bound = message();
    await expect(tellPeople(failing, bound)).rejects.toThrow(SendLater);
    expect(await sent()).toMatchObject([{ id: `${bound.id}.sms` }]);
    answer = { status: 'sent', providerId: '1' };
    await tellPeople(failing, bound);
    expect(await test.db.delivery.count({ where: { state: 'sent' } })).toBe(2);
    expect((await inbox()).entries).toHaveLength(1);
  });

  it('goes by no way that is not there: no address, no provider', async () => {
    await test.db.user.update({ where: { id: userId }, data: { email: null } });
    await tellPeople({ ...context, channels: { ...context.channels, sms: null } }, message());
    expect(await test.db.delivery.count()).toBe(0);
    expect(await unreadCount(test.db, userId)).toBe(1);
  });
});

describe('preferences', () => {
  const choose = (...boxes: string[]) =>
    choosePreferences(context, { userId, choices: choicesFromBoxes(new Set(boxes)), locale: 'en' });

  it('decide by kind and way; the inbox has it in any case', async () => {
    await tellPeople(context, message({ topic: 'payment.paid', payload: { userId } }));
    expect((await sent()).map(({ channel }) => channel)).toEqual(['email']);
    await choose('payments.sms', 'cards.email');
    const paid = message({ topic: 'payment.paid', payload: { userId } });
    await tellPeople(context, paid);
    expect((await sent()).filter(({ id }) => id.startsWith(paid.id)).map(({ channel }) => channel)).toEqual([
      'sms',
    ]);
    expect((await inbox()).entries).toHaveLength(2);
    expect((await test.db.user.findUniqueOrThrow({ where: { id: userId } })).locale).toBe('en');
  });

  it('do not reach what is about security', async () => {
    await choose();
    await tellPeople(context, message({ topic: 'card.frozen' }));
    await tellPeople(context, message({ topic: 'refund.succeeded', payload: { userId } }));
    expect((await sent()).map(({ channel }) => channel)).toEqual(['email', 'sms']);
  });
});

describe('the inbox', () => {
  it('has pages, newest first, of one’s own messages alone', async () => {
    const other = newId('usr');
    await addUser({ id: other, email: null, phone: '+8613900139000', locale: 'zh-CN' });
    const quiet = { ...context, channels: { email: null, sms: null } };
    await tellPeople(quiet, message({ payload: { userId: other } }));
    for (let minute = 0; minute < 21; minute += 1) {
      const payload = { userId, cardId: `crd_${minute}` };
      await tellPeople(quiet, message({ payload, createdAt: plusMs(NOW, minute * 60_000) }));
    }
    const [first, second] = [await inbox(1), await inbox(2)];
    expect(first.entries.map(({ path }) => path)).toEqual(
      Array.from({ length: 20 }, (_, index) => `/cards/crd_${20 - index}`),
    );
    expect([first.hasNext, second.hasNext]).toEqual([true, false]);
    expect(second.entries.map(({ path }) => path)).toEqual(['/cards/crd_0']);
  });

  it('counts what is unread until it is marked, and what came later stays unread', async () => {
    await tellPeople(context, message());
    await tellPeople(context, message({ createdAt: plusMs(NOW, 2) }));
    await markInboxRead(test.db, userId, plusMs(NOW, 1));
    expect(await unreadCount(test.db, userId)).toBe(1);
    expect((await inbox()).entries.map(({ read }) => read)).toEqual([false, true]);
  });
});
