import { cardKeys, drawCards, issueCards } from '../lib/cards';
import { database, transaction } from '../lib/database';
import { env } from '../lib/env';
import { createGifts, giftKeys, linkForSender, planGifts } from '../lib/gifts';
import { giftPlanSchema } from '../lib/gifts/schemas';
import { handleMessage } from '../lib/jobs/handlers';
import { type Id, invariant, newId, parseId } from '../lib/kernel';

export interface SentGift {
  readonly giftId: string;
  readonly cardId: string;
  /** `/g/…`: what stands in the mail. */
  readonly path: string;
}

/** Delivers a gift of ¥200 from the shopper with this login. The recipient's mail is what a person would get it from. */
export async function prepareGift({
  login,
  passphrase,
}: {
  login: string;
  passphrase: string;
}): Promise<SentGift> {
  const [db, now, keys] = [database(), new Date(), giftKeys()];
  const sender = await db.user.findFirstOrThrow({
    where: { OR: [{ email: login }, { phone: `+86${login}` }] },
  });
  const senderId = parseId('usr', sender.id);
  invariant(senderId, 'a shopper has an id');
  const cardId = await issuedCard(now);
  const plan = await planGifts(
    giftPlanSchema.parse({
      theme: 'birthday',
      message: '生日快乐，买点自己喜欢的。',
      senderName: '王芳',
      recipientName: '小李',
      channel: 'email',
      address: `li-${cardId}@example.com`,
      passphrase,
    }),
    now,
  );
  invariant(plan.ok, 'the plan is complete');
  const [giftId] = await transaction(db, (tx) =>
    createGifts(tx, { purchaseId: null, senderId, cardIds: [cardId], plan: plan.value, now, keys }),
  );
  invariant(giftId, 'one gift was made');
  await handleMessage({
    id: newId('out'),
    topic: 'gift.due',
    payload: { giftId, version: '1' },
    createdAt: now,
  });
  const link = await linkForSender({ db, keys, origin: env().origin }, { giftId, senderId });
  invariant(link, 'a gift that was sent has a link');
  return { giftId, cardId, path: new URL(link).pathname };
}

async function issuedCard(now: Date): Promise<Id<'crd'>> {
  const db = database();
  const context = { db, now, keys: cardKeys(), zone: env().issuerZone };
  const drawn = await drawCards(context, { programmeId: 'fuyun', count: 1, faceMinor: 20_000n });
  invariant(drawn.ok, 'the programme offers this value');
  const batchId = newId('btc');
  await issueCards(context, drawn.value, { id: batchId, keepSealed: true });
  await db.card.updateMany({ where: { batchId }, data: { state: 'issued' } });
  const card = await db.card.findFirstOrThrow({ where: { batchId } });
  const cardId = parseId('crd', card.id);
  invariant(cardId, 'a card has an id');
  return cardId;
}
