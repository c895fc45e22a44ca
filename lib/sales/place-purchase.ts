import { createHmac } from 'node:crypto';
import { type Tx, transaction } from '@/lib/database';
import { reach } from '@/lib/faults';
import { type Id, invariant, newId, ok, parseId, type Result, refuse } from '@/lib/kernel';
import { type Buyer, checkProgrammeFace, findPolicyPack } from '@/lib/policy';
import { openOrder, retryOnConflict } from '@/lib/shop';
import { currentKey, seal } from '@/lib/vault';
import { boughtToday, takeTurn } from './bought-today';
import type { SalesContext } from './context';
import {
  type BuyerIdentity,
  documentHmacs,
  findIdentity,
  keepIdentity,
  type NewIdentity,
  openIdentity,
} from './identity';
import { CARD_COUNTER, MAX_CARDS, type Offer, type PurchaseRefusal, type Purpose } from './model';
import { findOffer } from './offers';
import { type Price, priceOf } from './price';
import type { ThemeId } from './themes';
import { weighSale } from './weigh-sale';

/** An invoice (发票) that a buyer asks for. */
export interface NewInvoice {
  readonly kind: 'individual' | 'company';
  readonly title: string;
  readonly taxNumber: string | null;
  readonly email: string;
}

export interface PlacePurchase {
  readonly userId: Id<'usr'>;
  readonly programmeId: string;
  readonly faceMinor: bigint;
  readonly quantity: number;
  readonly theme: ThemeId;
  readonly purpose: Purpose;
  readonly buyer: Buyer;
  /** What the buyer saw it come to. */
  readonly expectedTotalMinor: bigint;
  /** From the form: the same key twice, with the same words, is one purchase. */
  readonly idempotencyKey: string;
  /** Everything that was typed, as one text. Only a keyed digest of it is kept. */
  readonly typed: string;
  /** Given with this purchase; one that is on file stays. */
  readonly identity: NewIdentity | null;
  /** JSON of the gifts or the address; null for oneself. */
  readonly plan: string | null;
  readonly invoice: NewInvoice | null;
}

/**
 * Orders cards at the counter: an order that is paid like any other, though never by card, and beside it what is to be
 * made of it. The policy is asked of this purchase and of what the same buyer bought in the day, one purchase after the
 * other, so that two at once do not both fit below a threshold. A form that ordered before gives that purchase
 * again; with other words, as for a recipient that was mended after going back, it is another purchase.
 */
export async function placePurchase(
  context: SalesContext,
  input: PlacePurchase,
): Promise<Result<{ purchaseId: Id<'pur'>; orderId: Id<'ord'> }, PurchaseRefusal>> {
  const offer = await findOffer(context.db, input.programmeId);
  if (!offer) return refuse({ code: 'not_on_sale' });
  const price = pricedOf(offer, input);
  if (!price.ok) return price;
  try {
    const ids = await retryOnConflict(() =>
      transaction(context.db, async (tx) => {
        const placed = await place(tx, { ...context, input, offer, price: price.value });
        reach('before-commit', () => 'purchase.placed');
        return placed;
      }),
    );
    reach('after-commit', () => 'purchase.placed');
    return ok(ids);
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal);
    throw error;
  }
}

/** What is wrong with the choice itself, whoever makes it; else its price. */
export function pricedOf(
  offer: Offer,
  choice: Pick<PlacePurchase, 'faceMinor' | 'quantity' | 'purpose'> & { expectedTotalMinor?: bigint },
): Result<Price, PurchaseRefusal> {
  const { faceMinor, quantity, purpose, expectedTotalMinor } = choice;
  const pack = findPolicyPack(offer.policyPack);
  if (!pack) return refuse({ code: 'not_on_sale' });
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MAX_CARDS)
    return refuse({ code: 'quantity_not_allowed', max: MAX_CARDS });
  if (!offer.purposes.includes(purpose)) return refuse({ code: 'purpose_not_allowed' });
  const face = checkProgrammeFace(pack, offer, faceMinor);
  if (!face.ok) return face;
  const price = priceOf(offer.tiers, faceMinor, quantity);
  if (expectedTotalMinor !== undefined && expectedTotalMinor !== price.totalMinor)
    return refuse({ code: 'price_changed' });
  return ok(price);
}

/** Thrown to roll back what the transaction wrote before the refusal was known. */
class Refused extends Error {
  constructor(readonly refusal: PurchaseRefusal) {
    super(refusal.code);
  }
}

interface Placing extends SalesContext {
  readonly input: PlacePurchase;
  readonly offer: Offer;
  readonly price: Price;
}

async function place(tx: Tx, placing: Placing): Promise<{ purchaseId: Id<'pur'>; orderId: Id<'ord'> }> {
  const { input, now, keys } = placing;
  const scope = `purchase:${input.userId}`;
  const fingerprint = fingerprintOf(input);
  const key = { scope, key: `${input.idempotencyKey} ${digestOf(keys, input.typed)}` };
  const known = await tx.idempotencyKey.findUnique({ where: { scope_key: key } });
  if (known) {
    if (known.fingerprint !== fingerprint) throw new Refused({ code: 'idempotency_key_reused' });
    return idsOf(known.response);
  }
  const ids = { purchaseId: newId('pur'), orderId: newId('ord') };
  const response = `${ids.purchaseId} ${ids.orderId}`;
  await tx.idempotencyKey.create({ data: { ...key, fingerprint, response, createdAt: now } });
  const identity = await weigh(tx, placing);
  await insertPurchase(tx, { ...placing, ...ids, identity });
  return ids;
}

/** Asks the policy, in this buyer's turn. Returns the identity that the purchase is under. */
async function weigh(tx: Tx, placing: Placing): Promise<BuyerIdentity | null> {
  const { input, offer, price, now, zone, keys } = placing;
  const { userId } = input;
  const onFile = await findIdentity(tx, userId);
  const hmacs = await hmacsOf(tx, placing, onFile);
  await takeTurn(tx, { userId, documentHmacs: hmacs });
  const identity =
    onFile ?? (input.identity && (await keepIdentity(tx, keys, { userId, identity: input.identity, now })));
  const bought = await boughtToday(tx, { userId, documentHmacs: hmacs }, { now, zone, kind: offer.kind });
  const pack = findPolicyPack(offer.policyPack);
  invariant(pack, 'an offer has its policy');
  const weighed = weighSale(pack, {
    kind: offer.kind,
    buyer: buyerOf(input.buyer, identity),
    valueMinor: price.valueMinor,
    boughtOfKindMinor: bought.ofKindMinor,
    boughtMinor: bought.minor,
    buyerIdentified: identity !== null,
    paidWith: 'account',
  });
  if (!weighed.ok) throw new Refused(weighed.refusal);
  return identity;
}

async function hmacsOf(
  tx: Tx,
  { input, keys }: Placing,
  onFile: BuyerIdentity | null,
): Promise<readonly string[]> {
  if (!onFile) return input.identity ? documentHmacs(keys.number, input.identity) : [];
  const opened = await openIdentity(tx, keys, onFile.id);
  return opened ? documentHmacs(keys.number, { kind: onFile.kind, ...opened }) : [onFile.numberHmac];
}

/** A company's document makes the buyer a company, whatever else was ticked. */
function buyerOf(said: Buyer, identity: BuyerIdentity | null): Buyer {
  return identity?.kind === 'company' ? 'company' : said;
}

async function insertPurchase(
  tx: Tx,
  placing: Placing & { purchaseId: Id<'pur'>; orderId: Id<'ord'>; identity: BuyerIdentity | null },
): Promise<void> {
  const { input, offer, price, now, keys, purchaseId, orderId, identity } = placing;
  await openOrder(tx, {
    orderId,
    userId: input.userId,
    currency: offer.currency,
    lines: [
      {
        // There is no product on the shelf: the line's is the purchase itself.
        productId: purchaseId.replace(/^pur_/, 'prd_'),
        merchant: CARD_COUNTER,
        category: 'card',
        kind: 'card',
        title: { zh: `${offer.nameZh}购物卡`, en: `${offer.nameEn} shopping card` },
        art: `card/${input.theme}`,
        unitMinor: price.unitMinor,
        quantity: price.quantity,
      },
    ],
    now,
  });
  await tx.cardPurchase.create({
    data: {
      id: purchaseId,
      userId: input.userId,
      orderId,
      programmeId: offer.programmeId,
      policyPack: offer.policyPack,
      theme: input.theme,
      faceMinor: price.faceMinor,
      quantity: price.quantity,
      discountBasisPoints: price.basisPoints,
      unitMinor: price.unitMinor,
      currency: offer.currency,
      purpose: input.purpose,
      buyer: buyerOf(input.buyer, identity),
      state: 'open',
      identityId: identity?.id ?? null,
      sealedPlan:
        input.plan === null ? null : seal(keys.seal, { owner: purchaseId, field: 'plan' }, input.plan),
      createdAt: now,
    },
  });
  if (!input.invoice) return;
  const { kind, title, taxNumber, email } = input.invoice;
  await tx.invoice.create({
    data: {
      id: newId('inv'),
      purchaseId,
      kind,
      title,
      taxNumber,
      email,
      amountMinor: price.totalMinor,
      state: 'requested',
      createdAt: now,
    },
  });
}

/** Of words that nobody may read out of the table: documents, addresses and passphrases are among them. */
function digestOf({ number }: SalesContext['keys'], typed: string): string {
  return createHmac('sha256', currentKey(number).key).update(`purchase-form:${typed}`).digest('hex');
}

/** What the key stands for; a hash is not needed, because nothing secret is in it. */
function fingerprintOf({ programmeId, faceMinor, quantity, theme, purpose }: PlacePurchase): string {
  return `${programmeId} ${faceMinor} × ${quantity} ${theme} ${purpose}`;
}

function idsOf(response: string): { purchaseId: Id<'pur'>; orderId: Id<'ord'> } {
  const [purchase = '', order = ''] = response.split(' ');
  const [purchaseId, orderId] = [parseId('pur', purchase), parseId('ord', order)];
  invariant(purchaseId && orderId, 'a stored answer names a purchase and its order');
  return { purchaseId, orderId };
}
