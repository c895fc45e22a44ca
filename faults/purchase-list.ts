import { database } from '../lib/database';
import { planGifts } from '../lib/gifts';
import { giftPlanSchema } from '../lib/gifts/schemas';
import { type Id, invariant, newId, parseId } from '../lib/kernel';
import type { PlacePurchase } from '../lib/sales';

/** What becomes of a purchase in the end. `halved`: one of its cards went back, the others are kept. */
export type Fate = 'kept' | 'given' | 'delivered' | 'withdrawn' | 'halved';

/** Each buyer of the campaign makes one purchase: whose place it is in the list is all that is known of it before. */
export interface Buyer {
  readonly place: number;
  readonly userId: Id<'usr'>;
  readonly fate: Fate;
}

/** In turn, and odd in number, so that each of two servers that share the places meets all of them. */
const FATES = ['withdrawn', 'given', 'delivered', 'halved', 'kept', 'withdrawn', 'delivered'] as const;
/** Cards of one purchase. */
export const QUANTITY = 2;
const FACE_MINOR = 50_000n;
const AT = '@purchases.example';

export async function addBuyers(total: number): Promise<void> {
  const createdAt = new Date();
  const places = Array.from({ length: total }, (_, index) => index + 1);
  await database().user.createMany({
    data: places.map((place) => ({
      id: newId('usr'),
      name: '林小满',
      email: `${place}${AT}`,
      passwordHash: '-',
      role: 'shopper',
      locale: 'zh-CN',
      createdAt,
    })),
  });
}

export async function allBuyers(): Promise<Buyer[]> {
  const rows = await database().user.findMany({ where: { email: { endsWith: AT } } });
  const buyers = rows.map(({ id, email }) => {
    const [place, userId] = [Number(email?.replace(AT, '')), parseId('usr', id)];
    const fate = FATES[place % FATES.length];
    invariant(userId && fate, 'a buyer has a place');
    return { place, userId, fate };
  });
  return buyers.sort((a, b) => a.place - b.place);
}

/** The order as its buyer sends it, however often. */
export async function wishOf({ place, userId, fate }: Buyer): Promise<PlacePurchase> {
  return {
    userId,
    programmeId: fate === 'delivered' ? 'zhenxiang' : 'fuyun',
    faceMinor: FACE_MINOR,
    quantity: QUANTITY,
    theme: 'spring',
    purpose: fate === 'delivered' ? 'ship' : fate === 'given' ? 'gift' : 'self',
    buyer: 'individual',
    expectedTotalMinor: FACE_MINOR * BigInt(QUANTITY),
    idempotencyKey: `purchase-${place}`,
    typed: `purchase-${place}`,
    identity: fate === 'delivered' ? { kind: 'id_card', name: '林小满', number: '110101199003070070' } : null,
    plan: fate === 'delivered' ? JSON.stringify(ADDRESS) : fate === 'given' ? await giftsTo(place) : null,
    invoice: null,
  };
}

const ADDRESS = { recipient: '林小满', phone: '13800138000', address: '杭州市文三路1号' };

async function giftsTo(place: number): Promise<string> {
  const list = Array.from({ length: QUANTITY }, (_, index) => `友${index},f${place}-${index}@example.com`);
  const form = { senderName: '王芳', audience: 'many', list: list.join('\n'), message: '好好吃饭' };
  const plan = await planGifts(giftPlanSchema.parse(form), new Date());
  invariant(plan.ok, 'the list is good');
  return JSON.stringify(plan.value);
}
