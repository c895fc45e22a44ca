import { randomBytes } from 'node:crypto';
import { seedProgrammes } from '@/lib/cards';
import { auditPayments, checkPayment, type Payment, payOrder } from '@/lib/checkout';
import { type CheckoutWorld, openCheckoutWorld } from '@/lib/checkout/testing';
import type { TestDatabase } from '@/lib/database/testing';
import { type Id, invariant, newId } from '@/lib/kernel';
import { audit } from '@/lib/ledger';
import type { SalesContext } from './context';
import { findOffer } from './offers';
import { openCardCounter } from './open-counter';
import { type PlacePurchase, placePurchase } from './place-purchase';
import { priceOf } from './price';

/** A counter with its programmes, the shop beside it, one shopper, and the Alipay sandbox. */
export interface SalesWorld {
  readonly shop: CheckoutWorld;
  readonly userId: Id<'usr'>;
  readonly context: () => SalesContext;
  /** An input that is accepted, unless `over` says otherwise. */
  readonly input: (over?: Partial<PlacePurchase>) => Promise<PlacePurchase>;
  /** Orders, and pays the order at the gateway; nothing is issued yet. */
  readonly buy: (over?: Partial<PlacePurchase>) => Promise<{ purchaseId: Id<'pur'>; orderId: Id<'ord'> }>;
  readonly pay: (orderId: string, userId?: Id<'usr'>) => Promise<Payment>;
  /** What the ledger's and the payments' audits find, and closes. */
  readonly close: () => Promise<unknown[]>;
}

/** The person of the tests: a number of nobody's, with a check character that fits. */
export const SOMEBODY = { kind: 'id_card', name: '林小满', number: '110101199003070070' } as const;

/** `given`: a database of one's own, which is closed with the world, and the keys of its cards. */
export async function openSalesWorld(given?: {
  readonly test: TestDatabase;
  readonly keys: SalesContext['keys'];
}): Promise<SalesWorld> {
  const shop = await openCheckoutWorld(given?.test);
  const { db } = shop.test;
  const keys = given?.keys ?? { number: key(), password: key(), seal: key() };
  const context = (): SalesContext => ({
    db,
    now: shop.context().now,
    keys,
    zone: 'Asia/Shanghai',
  });
  await seedProgrammes({ db, now: context().now });
  await openCardCounter({ db, now: context().now });
  const input = async (over: Partial<PlacePurchase> = {}): Promise<PlacePurchase> => {
    const { programmeId = 'fuyun', faceMinor = 50_000n, quantity = 2 } = over;
    const offer = await findOffer(db, programmeId);
    return {
      userId: shop.userId,
      programmeId,
      faceMinor,
      quantity,
      theme: 'spring',
      purpose: 'self',
      buyer: 'individual',
      expectedTotalMinor: priceOf(offer?.tiers ?? [], faceMinor, quantity).totalMinor,
      idempotencyKey: newId('att'),
      typed: '',
      identity: null,
      plan: null,
      invoice: null,
      ...over,
    };
  };
  const pay = (orderId: string, userId = shop.userId) => payAtGateway(shop, orderId, userId);
  return {
    shop,
    userId: shop.userId,
    context,
    input,
    pay,
    buy: async (over) => {
      const placed = await placePurchase(context(), await input(over));
      if (!placed.ok) throw new Error(`refused: ${placed.refusal.code}`);
      await pay(placed.value.orderId, over?.userId);
      return placed.value;
    },
    close: async () => {
      const found = [...(await audit(db)).differences, ...(await auditPayments(db, context().now))];
      await shop.close();
      return found;
    },
  };
}

async function payAtGateway(shop: CheckoutWorld, orderId: string, userId: Id<'usr'>): Promise<Payment> {
  const { totalMinor } = await shop.test.db.order.findUniqueOrThrow({ where: { id: orderId } });
  const begun = await payOrder(shop.context(), {
    orderId,
    userId,
    method: 'alipay',
    expected: { cardMinor: 0n, externalMinor: totalMinor },
    idempotencyKey: newId('att'),
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '购物卡',
  });
  if (!begun.ok || begun.value.status !== 'proceed') throw new Error('the gateway was not reached');
  await shop.sandbox.confirm(await shop.sandbox.visit(begun.value.next));
  const payment = await checkPayment(shop.context(), begun.value.payment.id);
  invariant(payment?.state === 'PAID', 'the sandbox was paid');
  return payment;
}

function key() {
  return new Map([[1, randomBytes(32)]]);
}
