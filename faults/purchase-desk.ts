/**
 * What is around the purchases of a campaign, in a process of the configuration that its servers have:
 * `tsx faults/purchase-desk.ts begin N` opens the counter to N buyers, who come to `purchase-server.ts`. `left` and `judge` as
 * in `worker-campaign.ts`, as JSON.
 */
import { seedProgrammes } from '../lib/cards';
import { auditPayments } from '../lib/checkout';
import { database } from '../lib/database';
import { GATEWAY_NAMES } from '../lib/gateways';
import { audit, openHouseAccounts } from '../lib/ledger';
import { openCardCounter } from '../lib/sales';
import { addBuyers, allBuyers, type Fate } from './purchase-list';
import type { DeskVerdict } from './worker-campaign';

/** The state and the parcel's state in which a purchase has come to its end. */
const ENDS: Record<Fate, readonly [string, string | null]> = {
  kept: ['issued', null],
  given: ['issued', null],
  delivered: ['issued', 'delivered'],
  withdrawn: ['withdrawn', null],
  halved: ['issued', null],
};

/** Gifts wait for those they were sent to. */
const CARD_ENDS: Record<Fate, string> = {
  kept: 'active',
  given: 'issued',
  delivered: 'active',
  withdrawn: 'closed',
  halved: 'active',
};

const [what = '', count = '0'] = process.argv.slice(2);
const db = database();
const said = what === 'begin' ? await begin(Number(count)) : what === 'left' ? await left() : await judge();
process.stdout.write(JSON.stringify(said));
process.exit(0);

async function begin(total: number): Promise<{ readonly buyers: number }> {
  const now = new Date();
  await openHouseAccounts(db, { currency: 'CNY', gateways: GATEWAY_NAMES, now });
  await seedProgrammes({ db, now });
  await openCardCounter({ db, now });
  await addBuyers(total);
  return { buyers: total };
}

/** Buyers whose purchase is not at its end, and messages that nobody has acted on. */
async function left(): Promise<{ readonly left: number; readonly parked: number }> {
  const topics = ['payment.', 'purchase.', 'refund.', 'shipment.', 'card.', 'gift.due'];
  const OR = topics.map((topic) => ({ topic: { startsWith: topic } }));
  const open = { deliveredAt: null, OR };
  return {
    left:
      (await unfinished()).length + (await db.outboxMessage.count({ where: { ...open, parkedAt: null } })),
    parked: await db.outboxMessage.count({ where: { ...open, parkedAt: { not: null } } }),
  };
}

async function unfinished() {
  const purchases = await db.cardPurchase.findMany({ include: { shipment: true } });
  const found = new Map(purchases.map((each) => [each.userId, each]));
  return (await allBuyers()).filter(({ userId, fate }) => {
    const [state, parcel] = ENDS[fate];
    const purchase = found.get(userId);
    if (purchase?.state !== state || (purchase.shipment?.state ?? null) !== parcel) return true;
    return purchase.withdrawnCards !== backOf(fate, purchase.quantity);
  });
}

/**
 * What is wrong, counted: each 0 when every buyer has one purchase that was paid once, its cards once, they went where they
 * were to go once, and what was handed back is dead and its price back once.
 */
async function judge(): Promise<DeskVerdict> {
  const buyers = await allBuyers();
  const purchases = await db.cardPurchase.findMany();
  const fates = new Map(buyers.map(({ userId, fate }) => [String(userId), fate]));
  const fated = purchases.map((purchase) => ({ ...purchase, fate: fates.get(purchase.userId) ?? 'kept' }));
  const [cards, gifts] = [await cardsOf(fated), await giftsOf(fated)];
  return {
    counted: {
      purchases: purchases.length,
      cards: cards.count,
      gifts: gifts.count,
      parcels: fated.filter(({ fate }) => fate === 'delivered').length,
      withdrawn: fated.filter(({ fate }) => fate === 'withdrawn').length,
      halved: fated.filter(({ fate }) => fate === 'halved').length,
      retried: await db.outboxMessage.count({ where: { attempts: { gt: 1 } } }),
    },
    wrong: {
      buyersWithoutOnePurchase: buyers.length - new Set(purchases.map(({ userId }) => userId)).size,
      notAtItsEnd: (await unfinished()).length,
      ...(await moneyOf(fated)),
      ...cards.wrong,
      ...gifts.wrong,
      ...(await wordsOf(fated)),
      ledgerDifferences: (await audit(db)).differences.length,
      paymentDifferences: (await auditPayments(db, new Date())).length,
    },
  };
}

type Fated = Awaited<ReturnType<typeof db.cardPurchase.findMany>>[number] & { readonly fate: Fate };

async function moneyOf(purchases: readonly Fated[]) {
  const payments = await db.payment.findMany({ where: { settledAt: { not: null } } });
  const paid = tally(payments.map(({ orderId }) => orderId));
  const refunds = await db.refund.findMany({ include: { payment: { select: { orderId: true } } } });
  const back = new Map<string, bigint[]>();
  for (const { payment, amountMinor } of refunds) {
    back.set(payment.orderId, [...(back.get(payment.orderId) ?? []), amountMinor]);
  }
  return {
    notPaidOnce: bad(purchases, ({ orderId }) => paid.get(orderId) === 1),
    notItsMoneyBack: bad(purchases, ({ orderId, fate, unitMinor, quantity }) => {
      const due = backOf(fate, quantity);
      return (back.get(orderId) ?? []).join() === (due > 0 ? String(unitMinor * BigInt(due)) : '');
    }),
  };
}

/** How many cards of a purchase go back. */
function backOf(fate: Fate, quantity: number): number {
  return fate === 'withdrawn' ? quantity : fate === 'halved' ? 1 : 0;
}

async function cardsOf(purchases: readonly Fated[]) {
  const cards = await db.card.findMany({ include: { account: true } });
  const perBatch = tally(cards.map(({ batchId }) => batchId));
  const closed = tally(cards.flatMap(({ batchId, state }) => (state === 'closed' ? [batchId] : [])));
  const fates = new Map(purchases.map(({ batchId, fate }) => [batchId, fate]));
  return {
    count: cards.length,
    wrong: {
      notItsCards: bad(purchases, ({ batchId, quantity }) => perBatch.get(batchId) === quantity),
      notItsState: bad(cards, ({ batchId, state }) => {
        const fate = fates.get(batchId);
        return fate !== undefined && (CARD_ENDS[fate] === state || (fate === 'halved' && state === 'closed'));
      }),
      notItsValue: bad(cards, ({ account, faceMinor, state }) => {
        const due = state === 'closed' ? 0n : faceMinor;
        return account.creditsPosted - account.debitsPosted === due;
      }),
      notItsClosed: bad(
        purchases,
        ({ batchId, fate, quantity }) => (closed.get(batchId) ?? 0) === backOf(fate, quantity),
      ),
    },
  };
}

async function giftsOf(purchases: readonly Fated[]) {
  const gifts = await db.gift.findMany();
  const parcels = await db.shipment.findMany();
  const mails = await db.sandboxMessage.findMany({ where: { id: { startsWith: 'gft_' } } });
  const mailsPerGift = tally(mails.map(({ id }) => id.split('.')[0]));
  const perPurchase = tally(gifts.map(({ purchaseId }) => purchaseId));
  const parcelsPerPurchase = tally(parcels.map(({ purchaseId }) => purchaseId));
  return {
    count: gifts.length,
    wrong: {
      notItsGifts: bad(purchases, ({ id, fate, quantity }) =>
        same(perPurchase.get(id), fate === 'given' ? quantity : 0),
      ),
      notItsParcel: bad(purchases, ({ id, fate }) =>
        same(parcelsPerPurchase.get(id), fate === 'delivered' ? 1 : 0),
      ),
      giftsNotMailedOnce: bad(gifts, ({ id, state }) => state === 'sent' && mailsPerGift.get(id) === 1),
    },
  };
}

/** Whether each buyer was told once of what was made, and of what came back. */
async function wordsOf(purchases: readonly Fated[]) {
  const [issued, returned] = [await told('purchase.issued'), await told('purchase.returned')];
  return {
    notToldOnce: bad(
      purchases,
      ({ id, fate }) => issued.get(id) === 1 && same(returned.get(id), backOf(fate, 1)),
    ),
  };
}

/** How often a purchase's buyer was told something. */
async function told(topic: string) {
  const rows = await db.outboxMessage.findMany({ where: { topic }, select: { payload: true } });
  return tally(rows.map(({ payload }) => String(JSON.parse(payload).purchaseId)));
}

function bad<Thing>(things: readonly Thing[], holds: (thing: Thing) => boolean): number {
  return things.filter((thing) => !holds(thing)).length;
}

function same(found: number | undefined, wanted: number): boolean {
  return (found ?? 0) === wanted;
}

function tally<Key>(keys: readonly Key[]): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
