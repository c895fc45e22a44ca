import { addShopper, cardContext, issueTestCards, testNow } from '@/lib/cards/testing';
import { type Database, transaction } from '@/lib/database';
import { type Id, plusMs } from '@/lib/kernel';
import { deliverOutbox } from '@/lib/outbox';
import { unseal } from '@/lib/vault';
import type { ClaimContext } from './claim-gift';
import { createGifts } from './create-gifts';
import { type DeliverContext, deliverGift } from './deliver-gift';
import { giftWords } from './gift-words';
import { giftKeys } from './keys';
import type { GiftMessenger, GiftSending } from './messenger';
import type { GiftPlan, GiftRecipient } from './model';

export { addShopper, testNow };

export type TestGifts = ClaimContext & DeliverContext & { readonly sent: readonly GiftSending[] };

/** What operations on gifts need, on a database with programmes; what is sent stands in `sent`, repeats included. */
export async function giftContext(db: Database): Promise<TestGifts> {
  await cardContext(db);
  const sent: GiftSending[] = [];
  const messenger: GiftMessenger = { send: async (sending) => void sent.push(sending) };
  const origin = 'https://kabao.test';
  return { db, now: testNow, zone: 'Asia/Shanghai', keys: giftKeys(), origin, messenger, sent };
}

/** Keeps what is sent in the database, each id once. */
export function keepingMessenger(db: Database): GiftMessenger {
  return {
    send: async (sending) => {
      const { deliveryId: id, channel, to } = sending;
      const { subject, text } = giftWords(sending);
      await db.sandboxMessage.upsert({
        where: { id },
        update: { id },
        create: { id, channel, to, subject, text, at: testNow },
      });
    },
  };
}

export const testPlan: GiftPlan = {
  theme: 'everyday',
  message: '好好吃饭',
  senderName: '王芳',
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
  deliver: null,
  passphraseHash: null,
  recipients: [],
};

export function emailTo(address: string): GiftRecipient {
  return { name: '小李', channel: 'email', address, phone: null };
}

export interface TestGift {
  readonly id: Id<'gft'>;
  readonly senderId: Id<'usr'>;
  readonly cardId: Id<'crd'>;
  readonly accountId: string;
}

/** Gifts of cards with 100.00 each, from one sender; nothing is delivered yet. */
export async function wrapGifts(
  context: TestGifts,
  plan: Partial<GiftPlan> & { readonly count?: number } = {},
): Promise<TestGift[]> {
  const { db, now, keys } = context;
  const { count = 1, ...given } = plan;
  const recipients =
    given.recipients ?? Array.from({ length: count }, (_, index) => emailTo(`friend${index}@example.test`));
  const cards = await issueTestCards(await cardContext(db), { count: recipients.length });
  const cardIds = cards.map(({ id }) => id);
  await db.card.updateMany({ where: { id: { in: cardIds } }, data: { state: 'issued' } });
  const senderId = await addShopper(db);
  const ids = await transaction(db, (tx) =>
    createGifts(tx, {
      purchaseId: null,
      senderId,
      cardIds,
      plan: { ...testPlan, ...given, recipients },
      now,
      keys,
    }),
  );
  return cards.map(({ id: cardId, accountId }, index) => {
    const id = ids[index];
    if (!id) throw new Error('each card is in a gift');
    return { id, senderId, cardId, accountId };
  });
}

/** Gifts that were delivered. */
export async function sendGifts(
  context: TestGifts,
  plan: Partial<GiftPlan> & { readonly count?: number } = {},
): Promise<TestGift[]> {
  const gifts = await wrapGifts(context, plan);
  await deliverAll(context);
  return gifts;
}

export async function sendGift(context: TestGifts, plan: Partial<GiftPlan> = {}): Promise<TestGift> {
  const [gift] = await sendGifts(context, plan);
  if (!gift) throw new Error('one gift was sent');
  return gift;
}

/** Carries out everything the outbox has for gifts at `context.now`. */
export async function deliverAll(context: DeliverContext): Promise<void> {
  for (let more = true; more; ) {
    ({ more } = await deliverOutbox(context, (message) => deliverGift(context, message)));
  }
}

/** The same context later. */
export function later<Context extends { readonly now: Date }>(context: Context, ms: number): Context {
  return { ...context, now: plusMs(context.now, ms) };
}

/** The token of a gift's link as it is now. */
export async function tokenOf(context: DeliverContext, giftId: string): Promise<string> {
  const gift = await context.db.gift.findUniqueOrThrow({ where: { id: giftId } });
  return unseal(context.keys.seal, { owner: giftId, field: 'token' }, gift.sealedToken);
}

/** A claim by somebody from a network of their own. */
export async function claimBy(context: DeliverContext, giftId: string, userId?: Id<'usr'>) {
  const who = userId ?? (await addShopper(context.db));
  return { token: await tokenOf(context, giftId), userId: who, network: who, passphrase: '' };
}
