import { drawCards, findProgramme, type IssueList, insertSoldCards, type Programme } from '@/lib/cards';
import { commitUnit, type Tx, transaction } from '@/lib/database';
import { createGifts, storedPlanSchema } from '@/lib/gifts';
import { invariant, newId } from '@/lib/kernel';
import { seal, unseal } from '@/lib/vault';
import { addressSchema, maskAddress } from './address';
import type { SalesContext } from './context';
import { counterAccount, findPurchase, outboxRow, type Purchase } from './store';

/**
 * Makes what was bought, once its order is paid: first the purchase is paid, then, in one transaction, its cards exist with
 * their value and whatever becomes of them is begun. Called again, also by many at once or after a crash in between, it
 * goes on where it is and makes nothing twice: each step changes the purchase only from the state before it.
 */
export async function issuePurchase(context: SalesContext, orderId: string): Promise<Purchase | null> {
  const purchase = await findPurchase(context.db, { orderId });
  if (!purchase) return null;
  if (purchase.state === 'open') await markPaid(context, purchase);
  const paid = await findPurchase(context.db, { orderId });
  if (paid?.state === 'paid') await issue(context, paid);
  return findPurchase(context.db, { orderId });
}

/** A purchase whose order is not paid (any more) stays as it is. */
async function markPaid({ db, now }: SalesContext, purchase: Purchase): Promise<void> {
  const order = await db.order.findUnique({ where: { id: purchase.orderId } });
  if (order?.state !== 'paid') return;
  const { id, userId } = purchase;
  await commitUnit(db, {
    updates: [
      { table: 'Order', key: { id: order.id }, expect: { state: 'paid' }, set: {} },
      {
        table: 'CardPurchase',
        key: { id },
        expect: { state: 'open' },
        set: { state: 'paid', paidAt: (order.paidAt ?? now).toISOString() },
      },
    ],
    inserts: [
      { table: 'OutboxMessage', rows: [outboxRow('purchase.paid', { purchaseId: id, userId }, now)] },
    ],
  });
}

async function issue(context: SalesContext, purchase: Purchase): Promise<void> {
  const { programmeId, quantity: count, faceMinor } = purchase;
  const [programme, drawn] = await Promise.all([
    findProgramme(context.db, programmeId),
    drawCards(context, { programmeId, count, faceMinor }),
  ]);
  // What is paid is owed: a policy that forbids it now is for people to look at, so the message waits for them.
  if (!programme || !drawn.ok) throw new Error(`the cards of ${purchase.id} cannot be drawn`);
  await transaction(context.db, (tx) => issueIn(tx, context, { purchase, programme, list: drawn.value }));
}

interface Issue {
  readonly purchase: Purchase;
  readonly programme: Programme;
  readonly list: IssueList;
}

async function issueIn(tx: Tx, context: SalesContext, { purchase, programme, list }: Issue): Promise<void> {
  const { now } = context;
  const { id, userId, purpose, unitMinor } = purchase;
  const batchId = newId('btc');
  const begun = await commitUnit(tx, {
    updates: [
      { table: 'Order', key: { id: purchase.orderId }, expect: { state: 'paid' }, set: {} },
      {
        table: 'CardPurchase',
        key: { id },
        expect: { state: 'paid' },
        // From here on gifts and parcel have of the plan what they need.
        set: { state: 'issued', batchId, issuedAt: now.toISOString(), sealedPlan: null },
      },
    ],
    inserts: [
      { table: 'OutboxMessage', rows: [outboxRow('purchase.issued', { purchaseId: id, userId }, now)] },
    ],
  });
  if (begun.outcome !== 'committed') return;
  const cardIds = await insertSoldCards(tx, context, {
    list,
    purchaseId: id,
    batchId,
    programme,
    unitMinor,
    counterAccountId: await counterAccount(tx),
    holderId: purpose === 'self' ? userId : null,
    printed: purpose === 'ship',
  });
  if (purpose === 'ship') await prepareShipment(tx, context, purchase);
  if (purpose === 'gift') {
    const plan = storedPlanSchema.parse(JSON.parse(planOf(context, purchase)));
    const keys = { seal: context.keys.seal, lookup: context.keys.number };
    await createGifts(tx, { purchaseId: id, senderId: userId, cardIds, plan, now, keys });
  }
}

async function prepareShipment(tx: Tx, { keys, now }: SalesContext, purchase: Purchase): Promise<void> {
  const address = addressSchema.parse(JSON.parse(planOf({ keys }, purchase)));
  const id = newId('shp');
  await tx.shipment.create({
    data: {
      id,
      purchaseId: purchase.id,
      state: 'preparing',
      sealedAddress: seal(keys.seal, { owner: id, field: 'address' }, JSON.stringify(address)),
      maskedAddress: maskAddress(address),
      createdAt: now,
    },
  });
}

/** What is to be made of a purchase, opened. */
function planOf({ keys }: Pick<SalesContext, 'keys'>, { id, sealedPlan }: Purchase): string {
  invariant(sealedPlan !== null, `purchase ${id} has a plan`);
  return unseal(keys.seal, { owner: id, field: 'plan' }, sealedPlan);
}
