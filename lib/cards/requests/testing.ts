import { auditPayments, type Payment, payOrder, refundPayment } from '@/lib/checkout';
import { type CheckoutWorld, openCheckoutWorld } from '@/lib/checkout/testing';
import { type Id, invariant } from '@/lib/kernel';
import { audit, balancesOf } from '@/lib/ledger';
import { type CardContext, drawCards } from '../issue-cards';
import { cardKeys } from '../keys';
import { seedProgrammes } from '../seed-programmes';
import { issueTestCards, type TestCard } from '../testing';
import type { CardRequest } from './model';
import { requestsFor } from './store';

/** A holder with cards that have numbers, the shop beside them, and the Alipay sandbox. */
export interface RequestsWorld {
  readonly shop: CheckoutWorld;
  readonly holder: { readonly id: Id<'usr'>; readonly role: string };
  readonly support: { readonly id: string; readonly role: string };
  readonly context: () => CardContext;
  /** A card in the holder's wallet that can pay. */
  readonly addCard: (card?: {
    programmeId?: string;
    faceMinor?: bigint;
    expiresAt?: Date;
  }) => Promise<TestCard>;
  /** Pays an order of so much from the holder's cards, the rest at Alipay's page, which waits. */
  readonly pay: (order: { totalMinor: bigint; cardMinor: bigint }) => Promise<PayTry>;
  readonly refund: (payment: Payment, amountMinor: bigint) => Promise<unknown>;
  readonly requests: (card: TestCard) => Promise<CardRequest[]>;
  /** On the card, held or not. */
  readonly onCard: (card: TestCard) => Promise<bigint>;
  readonly row: (card: TestCard) => ReturnType<CheckoutWorld['test']['db']['card']['findUniqueOrThrow']>;
  /** What the audits find; closes. */
  readonly close: () => Promise<unknown[]>;
}

export type PayTry = Awaited<ReturnType<typeof payOrder>>;

export async function openRequestsWorld(): Promise<RequestsWorld> {
  const shop = await openCheckoutWorld();
  const { db } = shop.test;
  const keys = cardKeys();
  const context = (): CardContext => ({ db, now: shop.context().now, keys, zone: 'Asia/Shanghai' });
  await seedProgrammes({ db, now: context().now });
  const holder = { id: shop.userId, role: 'shopper' };
  const row = (card: TestCard) => db.card.findUniqueOrThrow({ where: { id: card.id } });
  return {
    shop,
    holder,
    support: { id: 'usr_support', role: 'support' },
    context,
    row,
    addCard: async ({ expiresAt, ...order } = {}) => {
      const [card] = await issueTestCards(context(), { count: 1, programmeId: 'zhenxiang', ...order });
      invariant(card, 'one card was issued');
      await db.card.update({
        where: { id: card.id },
        data: {
          state: 'active',
          holderId: holder.id,
          boundAt: context().now,
          ...(expiresAt ? { expiresAt } : {}),
        },
      });
      return card;
    },
    pay: async ({ totalMinor, cardMinor }) => {
      const order = await shop.addOrder([{ amountMinor: totalMinor }]);
      return payOrder(shop.context(), {
        orderId: order.id,
        userId: holder.id,
        method: 'alipay',
        expected: { cardMinor, externalMinor: totalMinor - cardMinor },
        idempotencyKey: order.id,
        mode: 'desktop',
        returnUrl: () => 'http://127.0.0.1/',
        subject: '订单',
      });
    },
    refund: async (payment, amountMinor) => {
      const [line] = payment.tenders[0]?.lines ?? [];
      invariant(line, 'the payment paid a line');
      return refundPayment(shop.context(), {
        paymentId: payment.id,
        lines: [{ lineId: line.orderLineId, amountMinor }],
        reason: null,
        actorId: holder.id,
        idempotencyKey: crypto.randomUUID(),
      });
    },
    requests: (card) => requestsFor(db, { cardId: card.id, userId: holder.id }),
    onCard: async ({ accountId }) => {
      const balance = (await balancesOf(db, [accountId])).get(accountId);
      return balance ? balance.creditsPosted - balance.debitsPosted : -1n;
    },
    close: async () => {
      const found = [...(await audit(db)).differences, ...(await auditPayments(db, context().now))];
      await shop.close();
      return found;
    },
  };
}

/** The payment of a try that went through, or waits at Alipay. */
export function paymentOf(attempt: PayTry): Payment {
  invariant(attempt.ok, `the payment was refused: ${attempt.ok ? '' : attempt.refusal.code}`);
  return attempt.value.payment;
}

/** The one request of this kind that a card has open. */
export async function openRequestId(world: RequestsWorld, card: TestCard): Promise<string> {
  const open = (await world.requests(card)).find(({ state }) => state === 'open');
  invariant(open, 'a request is open');
  return open.id;
}

/** A list of one card of this number, as a printer who kept old lists might send it. */
export async function listOf(context: CardContext, card: TestCard) {
  const drawn = await drawCards(context, { programmeId: 'zhenxiang', count: 1, faceMinor: 10_000n });
  invariant(drawn.ok, 'the programme offers this value');
  const [secret] = drawn.value.cards;
  invariant(secret, 'one card was drawn');
  return { ...drawn.value, cards: [{ ...secret, number: card.number }] };
}
