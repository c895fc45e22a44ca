import { auditPayments } from '../lib/checkout';
import { type Checkout, loadCheckout } from '../lib/checkout/load-checkout';
import { reservation } from '../lib/checkout/reserve-payment';
import { settlementUnit } from '../lib/checkout/settle-payment';
import type { Database } from '../lib/database';
import { type Id, newId } from '../lib/kernel';
import { audit, commit, houseAccount, openAccounts, openHouseAccounts, post } from '../lib/ledger';
import type { Plan } from './row';

export interface PaymentWorld {
  /** One complete payment of an order that waits: reserve, then settle. Throws when it is refused. */
  payNext(): Promise<void>;
  /** The next order that waits, for who pays it in another way. */
  nextCheckout(): Checkout;
  /** Throws the first difference that the ledger's or the payments' audit finds. */
  audit(): Promise<void>;
}

/** Orders enough for every round, on a machine that is a good deal faster than today's. */
export function capacityFor({ seconds, rounds }: Plan): number {
  return Math.ceil(5_000 * seconds * (rounds + 1));
}

const CARD_MINOR = 100_000_000n;
const LINE_MINOR = 300n;

/**
 * `shoppers` people with two rich cards each and `capacity` orders that wait to be paid by both. What is measured
 * later is the payment alone, so the split of each order is worked out here.
 */
export async function openPaymentWorld(
  db: Database,
  options: { shoppers: number; merchants: number; capacity: number },
): Promise<PaymentWorld> {
  const now = new Date();
  await openHouseAccounts(db, { currency: 'CNY', gateways: ['alipay'], now });
  await addProgramme(db, now);
  await addMerchants(db, options.merchants, now);
  const shoppers = [];
  for (let index = 0; index < options.shoppers; index += 1) shoppers.push(await addShopper(db, now));
  const checkouts = await addOrders(db, { ...options, shoppers, now });
  let taken = 0;
  const nextCheckout = () => {
    const checkout = checkouts[taken];
    if (!checkout) throw new Error(`only ${checkouts.length} orders were prepared`);
    taken += 1;
    return checkout;
  };
  return {
    nextCheckout,
    payNext: async () => {
      const checkout = nextCheckout();
      const at = new Date();
      const idempotency = { key: checkout.order.id, fingerprint: 'bench' };
      const { payment, unit } = reservation(checkout, { method: null, now: at, idempotency });
      const reserved = await commit(db, unit, at);
      if (!reserved.ok) throw new Error(`reserve: ${reserved.refusal.code}`);
      const settled = await commit(db, settlementUnit(payment, at), at);
      if (!settled.ok) throw new Error(`settle: ${settled.refusal.code}`);
    },
    audit: async () => {
      const differences = [...(await audit(db)).differences, ...(await auditPayments(db, new Date()))];
      if (differences.length > 0) throw new Error(`the audit differs: ${JSON.stringify(differences[0])}`);
    },
  };
}

interface Shopper {
  readonly id: Id<'usr'>;
  readonly cards: Checkout['cards'];
}

/** The programme of every card of a bench. */
export async function addProgramme(db: Database, now: Date): Promise<void> {
  await db.programme.create({
    data: {
      id: 'bench',
      nameZh: '卡',
      nameEn: 'Card',
      kind: 'anonymous',
      medium: 'electronic',
      currency: 'CNY',
      policyPack: 'free',
      prefix: '9199',
      faceValues: '{"minMinor":"1","maxMinor":"100000000"}',
      spendingRule: '{}',
      colourFrom: '#000000',
      colourTo: '#000000',
      createdAt: now,
    },
  });
}

async function addMerchants(db: Database, count: number, now: Date): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `merchant-${index}`);
  await openAccounts(
    db,
    ids.map((id) => ({ id: `account:${id}`, kind: 'merchantPayable', currency: 'CNY', now })),
  );
  await db.merchant.createMany({
    data: ids.map((id) => ({ id, nameZh: id, nameEn: id, kind: 'self', accountId: `account:${id}` })),
  });
}

async function addShopper(db: Database, now: Date): Promise<Shopper> {
  const id = await addUser(db, now);
  const cards = [];
  for (let place = 0; place < 2; place += 1) cards.push(await addCard(db, id, now));
  return { id, cards };
}

export async function addUser(db: Database, now: Date): Promise<Id<'usr'>> {
  const id = newId('usr');
  await db.user.create({
    data: {
      id,
      name: 'b',
      email: `${id}@bench`,
      passwordHash: '-',
      role: 'shopper',
      locale: 'en',
      createdAt: now,
    },
  });
  return id;
}

async function addCard(db: Database, userId: Id<'usr'>, now: Date): Promise<Checkout['cards'][number]> {
  const accountId = newId('acc');
  await openAccounts(db, [{ id: accountId, kind: 'card', currency: 'CNY', now }]);
  const id = await addCardRow(db, { userId, accountId, now });
  const credit = { id: accountId, kind: 'card' as const };
  const transfer = {
    id: `issue:${id}`,
    movement: 'issue' as const,
    debit: houseAccount('custodyCash', 'CNY'),
    credit,
  };
  await post(db, [{ type: 'post', ...transfer, amountMinor: CARD_MINOR, reference: id }], now);
  return {
    id,
    accountId,
    lastFour: '0000',
    programmeNameZh: '卡',
    programmeNameEn: 'Card',
    colours: { from: '#000000', to: '#000000' },
    availableMinor: CARD_MINOR,
    expiresAt: null,
    spendingRule: {},
    obstacle: null,
  };
}

/** A card in somebody's hands, over an account that exists. */
export async function addCardRow(
  db: Database,
  card: { userId: Id<'usr'>; accountId: string; now: Date },
): Promise<Id<'crd'>> {
  const { userId, accountId, now } = card;
  const id = newId('crd');
  const secrets = { numberHmac: id, numberKey: 1, passwordScheme: 'hmac', passwordKey: 1, passwordHash: '-' };
  await db.card.create({
    data: {
      id,
      programmeId: 'bench',
      accountId,
      lastFour: '0000',
      state: 'active',
      faceMinor: CARD_MINOR,
      holderId: userId,
      boundAt: now,
      createdAt: now,
      ...secrets,
    },
  });
  return id;
}

/** Two lines an order, one per card: written in bulk, read back once to take the shape checkout gives it. */
async function addOrders(
  db: Database,
  {
    shoppers,
    now,
    merchants,
    capacity,
  }: { shoppers: readonly Shopper[]; now: Date; merchants: number; capacity: number },
): Promise<Checkout[]> {
  const orders = Array.from({ length: capacity }, (_, index) => {
    const shopper = shoppers[index % shoppers.length];
    if (!shopper) throw new Error('there are shoppers');
    return {
      id: newId('ord'),
      shopper,
      merchantId: `merchant-${index % merchants}`,
      lines: [newId('orl'), newId('orl')],
    };
  });
  const payBy = new Date(now.getTime() + 86_400_000);
  for (let start = 0; start < orders.length; start += 500) {
    const part = orders.slice(start, start + 500);
    await db.order.createMany({
      data: part.map(({ id, shopper }) => ({
        id,
        number: id,
        userId: shopper.id,
        state: 'open',
        currency: 'CNY',
        totalMinor: 2n * LINE_MINOR,
        createdAt: now,
        payBy,
      })),
    });
    await db.orderLine.createMany({
      data: part.flatMap((order) =>
        order.lines.map((id, position) => ({
          id,
          orderId: order.id,
          position,
          productId: 'p',
          merchantId: order.merchantId,
          merchantKind: 'self',
          category: 'home',
          kind: 'goods',
          titleZh: '杯',
          titleEn: 'Cup',
          art: 'cup',
          unitMinor: LINE_MINOR,
          quantity: 1,
          amountMinor: LINE_MINOR,
        })),
      ),
    });
  }
  const [first] = orders;
  if (!first) throw new Error('there are orders');
  const template = await templateOf(db, { orderId: first.id, shopper: first.shopper, now });
  return orders.map((order) => checkoutLike(template, order));
}

async function templateOf(
  db: Database,
  input: { orderId: string; shopper: Shopper; now: Date },
): Promise<Checkout> {
  const choice = input.shopper.cards.map((card) => ({ cardId: card.id, maxMinor: LINE_MINOR }));
  const loaded = await loadCheckout(
    { db, now: input.now },
    { orderId: input.orderId, userId: input.shopper.id, choice },
  );
  if (!loaded.ok) throw new Error(loaded.refusal.code);
  return loaded.value;
}

/** The template's split with another order's and shopper's ids. */
function checkoutLike(
  template: Checkout,
  order: { id: string; shopper: Shopper; merchantId: string; lines: readonly string[] },
): Checkout {
  const lineIds = new Map(template.order.lines.map((line, index) => [line.id, order.lines[index] ?? '']));
  const cardIds = new Map(
    template.quote.cards.map((card, index) => [card.cardId, order.shopper.cards[index]?.id ?? '']),
  );
  const line = (id: string) => lineIds.get(id) ?? '';
  const card = (id: string) => cardIds.get(id) ?? '';
  return {
    order: {
      ...template.order,
      id: order.id,
      userId: order.shopper.id,
      lines: template.order.lines.map((each) => ({
        ...each,
        id: line(each.id),
        merchantId: order.merchantId,
        merchantAccountId: `account:${order.merchantId}`,
      })),
    },
    cards: order.shopper.cards,
    quote: {
      ...template.quote,
      allocations: template.quote.allocations.map((each) => ({
        ...each,
        cardId: card(each.cardId),
        lineId: line(each.lineId),
      })),
      cards: template.quote.cards.map((each) => ({ ...each, cardId: card(each.cardId) })),
      lines: template.quote.lines.map((each) => ({ ...each, lineId: line(each.lineId) })),
    },
  };
}
