import { type CardFaceView, cardFacesOf } from '@/lib/cards';
import { type Id, invariant, ok, parseId, type Result } from '@/lib/kernel';
import { findByLink, type LinkRefusal, type LinkUse } from './find-by-link';
import type { GiftKeys } from './keys';
import { linkOf } from './links';
import { type Gift, type GiftObstacle, giftObstacle } from './model';
import { findGift, type GiftContext, giftOf } from './store';

/** What has become of a gift, as people see it. */
export type GiftStatus = 'scheduled' | 'sent' | 'opened' | 'claimed' | 'returned' | 'revoked';

/** A gift as its sender and its recipient see it; what only the sender may know is in `SentGift`. */
export interface GiftView {
  readonly id: Id<'gft'>;
  readonly theme: Gift['theme'];
  readonly message: string;
  readonly senderName: string;
  readonly recipientName: string;
  readonly status: GiftStatus;
  readonly card: CardFaceView;
  readonly deliverAt: Date;
  readonly sentAt: Date | null;
  readonly claimedAt: Date | null;
  readonly claimBy: Date;
  readonly zone: string;
}

export interface SentGift extends GiftView {
  readonly channel: Gift['channel'];
  /** `l•••@example.com`; null for a link that the sender passes on. */
  readonly maskedRecipient: string | null;
  readonly openedAt: Date | null;
  readonly endedAt: Date | null;
  readonly createdAt: Date;
  readonly hasPassphrase: boolean;
  readonly asksPhone: boolean;
}

/** What a person sees who follows a redeem link. */
export interface OfferedGift extends GiftView {
  readonly isOpened: boolean;
  readonly obstacle: GiftObstacle | null;
  readonly hasPassphrase: boolean;
  readonly asksPhone: boolean;
  /** Who is looking: the sender, the claimer, or anyone else (also when not signed in). */
  readonly viewer: 'anyone' | 'sender' | 'claimer';
}

/** Gifts that a person has sent, the latest first. */
export async function giftsSent({ db }: GiftContext, senderId: Id<'usr'>, take = 200): Promise<SentGift[]> {
  const rows = await db.gift.findMany({
    where: { senderId },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take,
  });
  return withFaces({ db }, rows.map(giftOf), sentGift);
}

/** Gifts that a person has claimed, the latest first. */
export async function giftsReceived(
  { db }: Pick<GiftContext, 'db'>,
  userId: Id<'usr'>,
  take = 200,
): Promise<GiftView[]> {
  const rows = await db.gift.findMany({
    where: { claimedById: userId },
    orderBy: { claimedAt: 'desc' },
    take,
  });
  return withFaces({ db }, rows.map(giftOf), giftView);
}

/** A gift that this person has sent or claimed; `null` for any other, as for one that does not exist. */
export async function giftFor(
  { db }: Pick<GiftContext, 'db'>,
  userId: Id<'usr'>,
  giftId: string,
): Promise<
  | { readonly role: 'sender'; readonly gift: SentGift }
  | { readonly role: 'recipient'; readonly gift: GiftView }
  | null
> {
  const gift = parseId('gft', giftId) && (await findGift(db, giftId));
  if (!gift) return null;
  if (gift.senderId === userId) {
    const [view] = await withFaces({ db }, [gift], sentGift);
    return view ? { role: 'sender', gift: view } : null;
  }
  if (gift.claimedById !== userId) return null;
  const [view] = await withFaces({ db }, [gift], giftView);
  return view ? { role: 'recipient', gift: view } : null;
}

/** The redeem link, for the sender to pass on; `null` once it leads nowhere, and for everybody else. */
export async function linkForSender(
  context: Pick<GiftContext, 'db'> & { readonly keys: GiftKeys; readonly origin: string },
  { giftId, senderId }: { readonly giftId: string; readonly senderId: Id<'usr'> },
): Promise<string | null> {
  const gift = await findGift(context.db, giftId);
  if (!gift || gift.senderId !== senderId) return null;
  return gift.state === 'scheduled' || gift.state === 'sent' ? linkOf(context, gift) : null;
}

/** The gift that a redeem link leads to, for anybody: who and what, never a number or a password. Changes nothing. */
export async function offeredGift(
  context: GiftContext,
  use: LinkUse & { readonly userId: Id<'usr'> | null },
): Promise<Result<OfferedGift, LinkRefusal>> {
  const found = await findByLink(context, use);
  if (!found.ok) return found;
  const [offered] = await withFaces(context, [found.value], (gift, card) => ({
    ...giftView(gift, card),
    isOpened: gift.openedAt !== null,
    obstacle: giftObstacle(gift, context.now),
    hasPassphrase: gift.passphraseHash !== null,
    asksPhone: gift.phoneHmac !== null,
    viewer: viewerOf(gift, use.userId),
  }));
  invariant(offered, 'a gift has a card');
  return ok(offered);
}

function viewerOf(gift: Gift, userId: Id<'usr'> | null): OfferedGift['viewer'] {
  if (userId === null) return 'anyone';
  if (gift.claimedById === userId) return 'claimer';
  return gift.senderId === userId ? 'sender' : 'anyone';
}

async function withFaces<View>(
  { db }: Pick<GiftContext, 'db'>,
  gifts: readonly Gift[],
  view: (gift: Gift, card: CardFaceView) => View,
): Promise<View[]> {
  const faces = await cardFacesOf(
    db,
    gifts.map(({ cardId }) => cardId),
  );
  return gifts.map((gift) => {
    const card = faces.get(gift.cardId);
    invariant(card, 'a gift has a card');
    return view(gift, card);
  });
}

function giftView(gift: Gift, card: CardFaceView): GiftView {
  const { id, theme, message, senderName, recipientName, deliverAt, sentAt, claimedAt, claimBy, zone } = gift;
  return {
    id,
    theme,
    message,
    senderName,
    recipientName,
    status: gift.state === 'sent' && gift.openedAt !== null ? 'opened' : gift.state,
    card,
    deliverAt,
    sentAt,
    claimedAt,
    claimBy,
    zone,
  };
}

function sentGift(gift: Gift, card: CardFaceView): SentGift {
  const { channel, maskedRecipient, openedAt, endedAt, createdAt } = gift;
  return {
    ...giftView(gift, card),
    channel,
    maskedRecipient,
    openedAt,
    endedAt,
    createdAt,
    hasPassphrase: gift.passphraseHash !== null,
    asksPhone: gift.phoneHmac !== null,
  };
}
