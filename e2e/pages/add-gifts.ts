import { type CardContext, cardKeys, drawCards, issueCards } from '../../lib/cards';
import { type Database, transaction } from '../../lib/database';
import { env } from '../../lib/env';
import { claimGift, createGifts, giftKeys, linkForSender, openGift, planGifts } from '../../lib/gifts';
import { giftPlanSchema } from '../../lib/gifts/schemas';
import { handleMessage } from '../../lib/jobs/handlers';
import { type Id, invariant, newId, parseId } from '../../lib/kernel';

const NETWORK = '198.51.100.0/24';

/** Gifts in each of their states: what `owner` sent, and what `giver` sent and the world may follow. */
export async function addGifts(
  db: Database,
  people: { readonly owner: Id<'usr'>; readonly giver: Id<'usr'> },
) {
  const { owner, giver } = people;
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const shared = await give(db, owner, { channel: 'link' });
  const scheduled = await give(db, owner, { when: 'later', date: tomorrow, time: '09:00' });
  const closed = await give(db, giver, {});
  const opened = await give(db, giver, { theme: 'moon' });
  const asking = await give(db, giver, {
    theme: 'wedding',
    passphrase: '老地方',
    phoneCheck: 'on',
    phone: PHONE,
  });
  const claimed = await give(db, giver, { theme: 'thanks' });
  for (const { token } of [opened, asking, claimed]) {
    await openGift({ db, now: new Date() }, { token, network: NETWORK, userId: null });
  }
  const claim = { token: claimed.token, network: NETWORK, userId: owner, passphrase: '' };
  const taken = await claimGift({ db, now: new Date(), zone: env().issuerZone }, claim);
  invariant(taken.ok, 'an opened gift can be claimed');
  return {
    gifts: { shared: shared.giftId, scheduled: scheduled.giftId, claimed: claimed.giftId },
    links: { closed: closed.token, opened: opened.token, asking: asking.token, claimed: claimed.token },
  };
}

const PHONE = '13800138000';

async function give(db: Database, senderId: Id<'usr'>, over: Record<string, string>) {
  const [now, keys, { origin, issuerZone: zone }] = [new Date(), giftKeys(), env()];
  const plan = await planGifts(
    giftPlanSchema.parse({
      message: '生日快乐，买点自己喜欢的。\n不用给我留。',
      senderName: '王芳',
      recipientName: '小李',
      address: 'li@example.com',
      ...over,
    }),
    now,
  );
  invariant(plan.ok, 'the plan is complete');
  const cardId = await issueCard({ db, now, keys: cardKeys(), zone });
  const [giftId] = await transaction(db, (tx) =>
    createGifts(tx, { purchaseId: null, senderId, cardIds: [cardId], plan: plan.value, now, keys }),
  );
  invariant(giftId, 'one gift was made');
  if (plan.value.deliver === null) {
    const message = {
      id: newId('out'),
      topic: 'gift.due',
      payload: { giftId, version: '1' },
      createdAt: now,
    };
    await handleMessage(message);
  }
  const link = await linkForSender({ db, keys, origin }, { giftId, senderId });
  invariant(link, 'a gift on its way has a link');
  return { giftId, token: link.slice(`${origin}/g/`.length) };
}

/** A card of ¥200 that nobody has and that is not activated. */
async function issueCard(context: CardContext): Promise<Id<'crd'>> {
  const drawn = await drawCards(context, { programmeId: 'fuyun', count: 1, faceMinor: 20_000n });
  invariant(drawn.ok, 'the programme offers this value');
  const batchId = newId('btc');
  await issueCards(context, drawn.value, { id: batchId, keepSealed: true });
  await context.db.card.updateMany({ where: { batchId }, data: { state: 'issued' } });
  const card = await context.db.card.findFirstOrThrow({ where: { batchId } });
  const cardId = parseId('crd', card.id);
  invariant(cardId, 'a card has an id');
  return cardId;
}
