import { auditPayments } from '../lib/checkout';
import type { Checkout } from '../lib/checkout/load-checkout';
import { paymentAtOnce, reservation } from '../lib/checkout/reserve-payment';
import { settlementUnit } from '../lib/checkout/settle-payment';
import type { Database } from '../lib/database';
import { type Id, newId } from '../lib/kernel';
import { audit, commit, houseAccount, openAccounts, openHouseAccounts, post } from '../lib/ledger';
import { addOrders, type Shopper } from './orders';
import { during, type Round } from './row';

export interface PaymentWorld {
  /**
   * Payments by `callers` callers for `seconds`, each complete: an order that waits is reserved and settled. `pay` pays
   * it in another way; `begun` is called when the orders are written and payments begin. Throws when one is refused.
   */
  measure(
    options: { callers: number; seconds: number; begun?: () => void },
    pay?: (checkout: Checkout) => Promise<void>,
  ): Promise<Round>;
  /** Throws the first difference that the ledger's or the payments' audit finds. */
  audit(): Promise<void>;
}

const CARD_MINOR = 100_000_000n;
const LEAST_ORDERS_PER_SECOND = 8_000;

/**
 * `shoppers` people with two rich cards each; before each round there are orders enough that wait to be paid by both.
 * What is measured is the payment alone, so the split of each order is worked out before.
 */
export async function openPaymentWorld(
  db: Database,
  options: { shoppers: number; merchants: number },
): Promise<PaymentWorld> {
  const now = new Date();
  await openHouseAccounts(db, { currency: 'CNY', gateways: ['alipay'], now });
  await addProgramme(db, now);
  await addMerchants(db, options.merchants, now);
  const shoppers: Shopper[] = [];
  for (let index = 0; index < options.shoppers; index += 1) shoppers.push(await addShopper(db, now));
  let waiting: Checkout[] = [];
  let fastest = 0;
  return {
    measure: async ({ callers, seconds, begun }, pay = (checkout) => payInTwoPhases(db, checkout)) => {
      const count = Math.ceil(Math.max(LEAST_ORDERS_PER_SECOND, 2 * fastest) * seconds) - waiting.length;
      waiting = [...waiting, ...(await addOrders(db, { shoppers, merchants: options.merchants, count }))];
      let taken = 0;
      begun?.();
      const round = await during({ callers, seconds }, async () => {
        const checkout = waiting[taken];
        if (!checkout) throw new Error('the round ran out of orders');
        taken += 1;
        await pay(checkout);
      });
      waiting = waiting.slice(taken);
      fastest = Math.max(fastest, round.rate);
      return round;
    },
    audit: async () => {
      const differences = [...(await audit(db)).differences, ...(await auditPayments(db, new Date()))];
      if (differences.length > 0) throw new Error(`the audit differs: ${JSON.stringify(differences[0])}`);
    },
  };
}

async function payInTwoPhases(db: Database, checkout: Checkout): Promise<void> {
  const at = new Date();
  const idempotency = { key: checkout.order.id, fingerprint: 'bench' };
  const { payment, unit } = reservation(checkout, { method: null, now: at, idempotency });
  const reserved = await commit(db, unit, at);
  if (!reserved.ok) throw new Error(`reserve: ${reserved.refusal.code}`);
  const settled = await commit(db, settlementUnit(payment, at), at);
  if (!settled.ok) throw new Error(`settle: ${settled.refusal.code}`);
}

/** As checkout does what cards pay alone: one commit, nothing held. */
export async function payAtOnce(db: Database, checkout: Checkout): Promise<void> {
  const at = new Date();
  const idempotency = { key: checkout.order.id, fingerprint: 'bench' };
  const { unit } = paymentAtOnce(checkout, { now: at, idempotency });
  const paid = await commit(db, unit, at);
  if (!paid.ok) throw new Error(`pay: ${paid.refusal.code}`);
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
    dayLimit: null,
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
