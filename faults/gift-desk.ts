/**
 * Makes and judges the gifts of a campaign, in a process with the same configuration as its workers:
 * `tsx faults/gift-desk.ts begin N` makes N gifts that are due, `left` prints how many are not delivered, `judge` prints what
 * became of all of them, as JSON.
 */
import { type CardContext, cardKeys, drawCards, issueCards, seedProgrammes } from '../lib/cards';
import { database, transaction } from '../lib/database';
import { env } from '../lib/env';
import { createGifts, giftKeys, planGifts } from '../lib/gifts';
import { giftPlanSchema } from '../lib/gifts/schemas';
import { hashToken } from '../lib/gifts/token';
import { type Id, invariant, newId, parseId } from '../lib/kernel';
import { audit } from '../lib/ledger';

/** The most recipients that one list may have. */
const PER_SENDING = 200;

const [what = '', count = '0'] = process.argv.slice(2);
const db = database();
const said =
  what === 'begin' ? await makeGifts(Number(count)) : what === 'left' ? await left() : await judge();
process.stdout.write(JSON.stringify(said));
process.exit(0);

async function makeGifts(total: number): Promise<{ readonly made: number }> {
  const now = new Date();
  const context: CardContext = { db, now, keys: cardKeys(), zone: env().issuerZone };
  await seedProgrammes({ db, now });
  const senderId = newId('usr');
  await db.user.create({
    data: {
      id: senderId,
      email: 'sender@example.com',
      name: '王芳',
      passwordHash: '-',
      role: 'shopper',
      locale: 'zh-CN',
      createdAt: now,
    },
  });
  const drawn = await drawCards(context, { programmeId: 'fuyun', count: total, faceMinor: 10_000n });
  invariant(drawn.ok, 'the programme offers this value');
  const batchId = newId('btc');
  await issueCards(context, drawn.value, { id: batchId });
  await db.card.updateMany({ where: { batchId }, data: { state: 'issued' } });
  const cards = await db.card.findMany({ where: { batchId }, select: { id: true }, orderBy: { id: 'asc' } });
  for (let start = 0; start < cards.length; start += PER_SENDING) {
    const ids = cards.slice(start, start + PER_SENDING).flatMap(({ id }) => parseId('crd', id) ?? []);
    await send({ cardIds: ids, start, senderId, now });
  }
  return { made: cards.length };
}

async function send(part: {
  readonly cardIds: readonly Id<'crd'>[];
  readonly start: number;
  readonly senderId: Id<'usr'>;
  readonly now: Date;
}): Promise<void> {
  const { cardIds, start, senderId, now } = part;
  const list = cardIds.map((_, index) => `友${start + index},friend${start + index}@example.com`).join('\n');
  const plan = await planGifts(
    giftPlanSchema.parse({ senderName: '王芳', audience: 'many', list, message: '好好吃饭' }),
    now,
  );
  invariant(plan.ok, 'the list is good');
  await transaction(db, (tx) =>
    createGifts(tx, { purchaseId: null, senderId, cardIds, plan: plan.value, now, keys: giftKeys() }),
  );
}

async function left(): Promise<{ readonly left: number; readonly parked: number }> {
  const due = { topic: 'gift.due', deliveredAt: null };
  return {
    left: await db.outboxMessage.count({ where: { ...due, parkedAt: null } }),
    parked: await db.outboxMessage.count({ where: { ...due, parkedAt: { not: null } } }),
  };
}

/** What is wrong, counted: each 0 when every gift went out once, to its own person, with a link that opens it. */
async function judge() {
  const gifts = await db.gift.findMany({
    select: { id: true, state: true, tokenHash: true, recipientName: true },
  });
  const messages = await db.sandboxMessage.findMany({ select: { id: true, to: true, text: true } });
  const perGift = new Map<string, typeof messages>();
  for (const message of messages) {
    const giftId = message.id.split('.')[0] ?? '';
    perGift.set(giftId, [...(perGift.get(giftId) ?? []), message]);
  }
  const linkOpens = ({ tokenHash }: { tokenHash: string }, text: string) =>
    hashToken(/\/g\/([\w-]{27})/.exec(text)?.[1] ?? '') === tokenHash;
  const own = gifts.map((gift) => ({ gift, mail: perGift.get(gift.id) ?? [] }));
  const retried = await db.outboxMessage.count({ where: { topic: 'gift.due', attempts: { gt: 1 } } });
  const wrong = {
    notSent: gifts.filter(({ state }) => state !== 'sent').length,
    forgotten: own.filter(({ mail }) => mail.length === 0).length,
    repeated: own.filter(({ mail }) => mail.length > 1).length,
    addressesTwice: messages.length - new Set(messages.map(({ to }) => to)).size,
    wrongPerson: own.filter(({ gift, mail }) =>
      mail.some(({ to }) => to !== `${gift.recipientName.replace('友', 'friend')}@example.com`),
    ).length,
    deadLinks: own.filter(({ gift, mail }) => mail.some(({ text }) => !linkOpens(gift, text))).length,
    ledgerDifferences: (await audit(db)).differences.length,
  };
  return { counted: { gifts: gifts.length, messages: messages.length, retried }, wrong };
}
