import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import {
  aroundEveryWrite,
  FAILINGS,
  type MortalProcess,
  openMortalProcess,
} from '@/lib/database/testing/mortal-process';
import { DAY_MS, HOUR_MS, MINUTE_MS, plusMs, SECOND_MS } from '@/lib/kernel';
import { deliverOutbox } from '@/lib/outbox';
import { deliverGift } from './deliver-gift';
import { returnUnclaimedGifts, revokeGift } from './end-gift';
import {
  claimBy,
  deliverAll,
  emailTo,
  giftContext,
  keepingMessenger,
  later,
  sendGift,
  type TestGifts,
  tokenOf,
  wrapGifts,
} from './testing';
import { linkForSender } from './views';

let test: TestDatabase;
let mortal: MortalProcess;
let context: TestGifts;

beforeAll(async () => {
  test = await openTestDatabase();
  mortal = await openMortalProcess(test);
  context = await giftContext(test.db);
});
afterAll(async () => {
  await mortal.close();
  await test.close();
});

const sentFor = (id: string) => context.sent.filter(({ deliveryId }) => deliveryId.startsWith(id));

async function scheduled(zone: string, day: string, minutes: number) {
  const [gift] = await wrapGifts(context, { zone, deliver: { day, minutes } });
  if (!gift) throw new Error('one gift was wrapped');
  return gift;
}

describe('a gift for a day', () => {
  it('goes out at that time of the recipient’s clocks and not a second before', async () => {
    // Half past eight in New York, after its clocks were put back.
    const gift = await scheduled('America/New_York', '2026-12-24', 510);
    const due = new Date('2026-12-24T13:30:00.000Z');
    await deliverAll({ ...context, now: plusMs(due, -SECOND_MS) });
    expect(sentFor(gift.id)).toEqual([]);
    expect(await test.db.gift.findUniqueOrThrow({ where: { id: gift.id } })).toMatchObject({
      state: 'scheduled',
      deliverAt: due,
    });
    await deliverAll({ ...context, now: due });
    expect(sentFor(gift.id)).toMatchObject([
      {
        deliveryId: `${gift.id}.1.gift`,
        channel: 'email',
        to: 'friend0@example.test',
        locale: 'zh-CN',
        what: {
          kind: 'gift',
          senderName: '王芳',
          link: `https://kabao.test/g/${await tokenOf(context, gift.id)}`,
        },
      },
    ]);
    expect(await test.db.gift.findUniqueOrThrow({ where: { id: gift.id } })).toMatchObject({
      state: 'sent',
      sentAt: due,
      claimBy: plusMs(due, 90 * DAY_MS),
    });
  });

  it('that was taken back before is not sent, and one for a link that is passed on is sent to nobody', async () => {
    const gift = await scheduled('Asia/Tokyo', '2026-12-24', 600);
    await revokeGift(context, { giftId: gift.id, senderId: gift.senderId });
    const recipients = [{ name: '老张', channel: 'link' as const, address: null, phone: null }];
    const shared = await sendGift(context, { recipients });
    await deliverAll(later(context, 60 * DAY_MS));
    expect(sentFor(gift.id)).toEqual([]);
    expect(sentFor(shared.id)).toEqual([]);
    expect(await test.db.gift.findUniqueOrThrow({ where: { id: shared.id } })).toMatchObject({
      state: 'sent',
    });
    const link = await linkForSender(context, { giftId: shared.id, senderId: shared.senderId });
    expect(link).toBe(`https://kabao.test/g/${await tokenOf(context, shared.id)}`);
    const { userId } = await claimBy(context, shared.id);
    expect(await linkForSender(context, { giftId: shared.id, senderId: userId })).toBeNull();
    const ended = { giftId: gift.id, senderId: gift.senderId };
    expect(await linkForSender(context, ended)).toBeNull();
  });

  it('keeps no address, token or phone in the database that could be read', async () => {
    const recipients = [{ ...emailTo('secret@example.test'), phone: '+8613800138000' }];
    const gift = await sendGift(context, { recipients });
    const token = await tokenOf(context, gift.id);
    const rows = [
      await test.db.gift.findUnique({ where: { id: gift.id } }),
      ...(await test.db.outboxMessage.findMany()),
    ];
    const text = JSON.stringify(rows);
    expect(text).toContain(gift.id);
    for (const secret of ['secret@example.test', '13800138000', token]) expect(text).not.toContain(secret);
  });
});

describe('what nobody claims', () => {
  it('is told to both sides a week before, once, and then goes back to the sender', async () => {
    const gift = await sendGift(context);
    const topics = async () => {
      const rows = await test.db.outboxMessage.findMany({ orderBy: { id: 'asc' } });
      return rows
        .filter(({ payload, topic }) => payload.includes(gift.id) && topic !== 'gift.due')
        .map(({ topic }) => topic);
    };
    await returnUnclaimedGifts(later(context, 83 * DAY_MS - HOUR_MS));
    expect(await topics()).toEqual([]);
    for (const day of [83, 84, 89]) {
      const at = later(context, day * DAY_MS);
      await returnUnclaimedGifts(at);
      await deliverAll(at);
    }
    expect(await topics()).toEqual(['gift.returning', 'gift.reminder']);
    expect(sentFor(gift.id).map(({ what }) => what.kind)).toEqual(['gift', 'reminder']);
    const end = later(context, 90 * DAY_MS);
    await returnUnclaimedGifts(end);
    await returnUnclaimedGifts(later(end, DAY_MS));
    expect((await topics()).slice(2)).toEqual(['gift.returned']);
    const { card, ...row } = await test.db.gift.findUniqueOrThrow({
      where: { id: gift.id },
      include: { card: true },
    });
    expect(row).toMatchObject({ state: 'returned', endedAt: end.now });
    expect(card).toMatchObject({ state: 'active', holderId: gift.senderId, boundAt: end.now });
  });
});

describe.each(FAILINGS)('a worker that %s a write', (how) => {
  it('repeats no message and forgets none', async () => {
    const failures = await aroundEveryWrite(mortal, how, {
      scene: () => wrapGifts(context, { count: 2 }),
      act: async () => {
        const dying = { ...context, db: mortal.db, messenger: keepingMessenger(mortal.db) };
        await deliverOutbox(dying, (message) => deliverGift(dying, message));
      },
      after: async (gifts) => {
        const alive = { ...later(context, 2 * MINUTE_MS), messenger: keepingMessenger(test.db) };
        await deliverAll(alive);
        for (const { id } of gifts) {
          expect(await test.db.gift.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'sent' });
          const mails = await test.db.sandboxMessage.findMany({ where: { id: { startsWith: id } } });
          expect(mails.map((mail) => mail.id)).toEqual([`${id}.1.gift`]);
        }
      },
    });
    expect(failures).toBeGreaterThan(4);
  });
});
