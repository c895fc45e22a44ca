/**
 * The purchases of a campaign, in a process of the configuration that its workers have: `tsx faults/purchase-desk.ts begin N`
 * orders cards N times and pays for them at the gateway's sandbox, for oneself, to be given and to be sent in turn; nothing is
 * made of them yet. `left` and `judge` as in `worker-campaign.ts`, as JSON.
 */
import { cardKeys } from '../lib/cards';
import { auditPayments } from '../lib/checkout';
import { database } from '../lib/database';
import { env } from '../lib/env';
import { planGifts } from '../lib/gifts';
import { giftPlanSchema } from '../lib/gifts/schemas';
import { invariant } from '../lib/kernel';
import { audit } from '../lib/ledger';
import { openSalesWorld, type SalesWorld, SOMEBODY } from '../lib/sales/testing';
import type { DeskVerdict } from './worker-campaign';

/** So many buyers stand at the gateway at once. */
const AT_ONCE = 8;
/** Cards of one purchase. */
const QUANTITY = 2;

const [what = '', count = '0'] = process.argv.slice(2);
const db = database();
const said = what === 'begin' ? await begin(Number(count)) : what === 'left' ? await left() : await judge();
process.stdout.write(JSON.stringify(said));
process.exit(0);

async function begin(total: number): Promise<{ readonly paid: number }> {
  const url = env().databaseUrl;
  const engine = url.startsWith('file:') ? 'sqlite' : 'postgres';
  const test = { db, url, engine, raw: async () => undefined, close: async () => undefined } as const;
  const world = await openSalesWorld({ test, keys: cardKeys() });
  let begun = 0;
  const buyer = async () => {
    while (begun < total) {
      begun += 1;
      await buy(world, begun);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, buyer));
  return { paid: begun };
}

async function buy(world: SalesWorld, place: number): Promise<void> {
  const userId = await world.shop.addShopper();
  const base = { userId, quantity: QUANTITY };
  if (place % 3 === 0) return void (await world.buy({ ...base, purpose: 'self' }));
  if (place % 3 === 1) {
    return void (await world.buy({ ...base, purpose: 'gift', plan: await giftsTo(world, place) }));
  }
  const plan = JSON.stringify({ recipient: '林小满', phone: '13800138000', address: '杭州市文三路1号' });
  await world.buy({ ...base, programmeId: 'zhenxiang', purpose: 'ship', plan, identity: SOMEBODY });
}

async function giftsTo(world: SalesWorld, place: number): Promise<string> {
  const list = Array.from({ length: QUANTITY }, (_, index) => `友${index},f${place}-${index}@example.com`);
  const form = { senderName: '王芳', audience: 'many', list: list.join('\n'), message: '好好吃饭' };
  const plan = await planGifts(giftPlanSchema.parse(form), world.context().now);
  invariant(plan.ok, 'the list is good');
  return JSON.stringify(plan.value);
}

async function left(): Promise<{ readonly left: number; readonly parked: number }> {
  const OR = ['payment.', 'purchase.', 'card.', 'gift.due'].map((topic) => ({
    topic: { startsWith: topic },
  }));
  const open = { deliveredAt: null, OR };
  return {
    left: await db.outboxMessage.count({ where: { ...open, parkedAt: null } }),
    parked: await db.outboxMessage.count({ where: { ...open, parkedAt: { not: null } } }),
  };
}

/** What is wrong, counted: each 0 when every purchase has its cards once, and they went where they were to go once. */
async function judge(): Promise<DeskVerdict> {
  const purchases = await db.cardPurchase.findMany();
  const [cards, gifts, parcels, mails, told] = await Promise.all([
    db.card.findMany({ include: { account: true } }),
    db.gift.findMany(),
    db.shipment.findMany(),
    db.sandboxMessage.findMany({ where: { id: { startsWith: 'gft_' } }, select: { id: true } }),
    db.outboxMessage.findMany({ where: { topic: 'purchase.issued' }, select: { payload: true } }),
  ]);
  const mailsPerGift = tally(mails.map(({ id }) => id.split('.')[0] ?? ''));
  const cardsPerBatch = tally(cards.map(({ batchId }) => batchId ?? ''));
  const giftsPerPurchase = tally(gifts.map(({ purchaseId }) => purchaseId ?? ''));
  const parcelsPerPurchase = tally(parcels.map(({ purchaseId }) => purchaseId));
  const toldPerPurchase = tally(told.map(({ payload }) => String(JSON.parse(payload).purchaseId)));
  const batches = new Set(purchases.map(({ batchId }) => batchId));
  const bad = (holds: (purchase: (typeof purchases)[number]) => boolean) =>
    purchases.filter((purchase) => !holds(purchase)).length;
  return {
    counted: {
      purchases: purchases.length,
      cards: cards.length,
      gifts: gifts.length,
      parcels: parcels.length,
      retried: await db.outboxMessage.count({ where: { attempts: { gt: 1 } } }),
    },
    wrong: {
      notIssued: bad(({ state }) => state === 'issued'),
      notItsCards: bad(({ batchId, quantity }) => cardsPerBatch.get(batchId ?? '-') === quantity),
      cardsOfNobody: cards.filter(({ batchId }) => !batches.has(batchId)).length,
      notItsValue: cards.filter(
        ({ account, faceMinor }) => account.creditsPosted - account.debitsPosted !== faceMinor,
      ).length,
      notItsGifts: bad(({ id, purpose, quantity }) =>
        same(giftsPerPurchase.get(id), purpose === 'gift' ? quantity : 0),
      ),
      notItsParcel: bad(({ id, purpose }) => same(parcelsPerPurchase.get(id), purpose === 'ship' ? 1 : 0)),
      notToldOnce: bad(({ id }) => toldPerPurchase.get(id) === 1),
      giftsNotMailedOnce: gifts.filter(({ id, state }) => state !== 'sent' || mailsPerGift.get(id) !== 1)
        .length,
      ledgerDifferences: (await audit(db)).differences.length,
      paymentDifferences: (await auditPayments(db, new Date())).length,
    },
  };
}

function same(found: number | undefined, wanted: number): boolean {
  return (found ?? 0) === wanted;
}

function tally(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
