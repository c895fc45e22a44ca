import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { payOrder } from '@/lib/checkout';
import { interrupted } from '@/lib/database/testing/interrupted';
import { MINUTE_MS, plusMs } from '@/lib/kernel';
import { expireCards } from '../expire-cards';
import { freezeOwnCard } from '../hold-own-card';
import type { TestCard } from '../testing';
import { reissueCard } from './reissue-card';
import { reportLoss } from './report-loss';
import { openRequestId, openRequestsWorld, type PayTry, type RequestsWorld } from './testing';

/** Payments that a card makes alone are one commit: what happens to the card comes before it, or after it. */
let world: RequestsWorld;

beforeEach(async () => {
  world = await openRequestsWorld();
});
afterEach(async () => expect(await world.close()).toEqual([]));

const report = (card: TestCard) =>
  reportLoss(world.context(), {
    cardId: card.id,
    holderId: world.holder.id,
    actor: world.holder,
    statement: '丢了',
  });
const freeze = (card: TestCard) =>
  freezeOwnCard(world.context(), { cardId: card.id, userId: world.holder.id });
const replace = async (card: TestCard) => {
  await report(card);
  const requestId = await openRequestId(world, card);
  return reissueCard(world.context(), { requestId, actor: world.support, answer: '身份已核对' });
};
/** By a worker whose clock is past the card's end; the shopper's is not yet. */
const expire = () => expireCards({ db: world.shop.test.db, now: plusMs(world.context().now, 2 * MINUTE_MS) });

/** 100.00 for a card with 100.00, which ends in a minute. */
async function scene() {
  const card = await world.addCard({
    faceMinor: 10_000n,
    expiresAt: plusMs(world.context().now, MINUTE_MS),
  });
  const order = await world.shop.addOrder([{ amountMinor: 10_000n }]);
  const pay = (db = world.shop.test.db): Promise<PayTry> =>
    payOrder(
      { ...world.shop.context(), db },
      {
        orderId: order.id,
        userId: world.holder.id,
        choice: [{ cardId: card.id, maxMinor: null }],
        method: null,
        expected: { cardMinor: 10_000n, externalMinor: 0n },
        idempotencyKey: order.id,
        mode: 'desktop',
        returnUrl: () => 'http://127.0.0.1/',
        subject: '订单',
      },
    );
  /** What became of the order: its state, its payments, and what is still on the card or dormant. */
  const outcome = async () => {
    const { db } = world.shop.test;
    const { dormantMinor } = await world.row(card);
    return [
      (await db.order.findUniqueOrThrow({ where: { id: order.id } })).state,
      await db.payment.count({ where: { orderId: order.id } }),
      (await world.onCard(card)) + dormantMinor,
    ];
  };
  return { card, pay, outcome };
}

const untouched = ['open', 0, 10_000n];
const spent = ['paid', 1, 0n];

describe('between the look at a card and the commit of its payment', () => {
  const refused: Record<string, (card: TestCard) => Promise<unknown>> = {
    'its holder freezes it': freeze,
    'its holder reports it lost': report,
    'it ends, and its value is put aside': expire,
  };
  it.each(Object.keys(refused))('%s: nothing is paid', async (what) => {
    const { card, pay, outcome } = await scene();
    const db = await interrupted(world.shop.test, async () => refused[what]?.(card));
    expect(await pay(db)).toEqual({ ok: false, refusal: { code: 'split_changed' } });
    await db.$disconnect();
    expect(await outcome()).toEqual(untouched);
  });

  it('it is replaced: the value is its holder’s, who pays with it', async () => {
    const { card, pay, outcome } = await scene();
    const db = await interrupted(world.shop.test, () => replace(card));
    expect(await pay(db)).toMatchObject({ ok: true, value: { status: 'paid' } });
    await db.$disconnect();
    expect(await outcome()).toEqual(spent);
  });

  it('the same submit pays: its payment is the answer', async () => {
    const { pay, outcome } = await scene();
    const first: PayTry[] = [];
    const db = await interrupted(world.shop.test, async () => first.push(await pay()));
    const second = await pay(db);
    await db.$disconnect();
    expect(first).toMatchObject([{ ok: true, value: { status: 'paid' } }]);
    expect(second).toEqual(first[0]);
    expect(await outcome()).toEqual(spent);
  });
});

describe('at the moment of a payment', () => {
  const acts = { freeze, report, replace, expire };
  it.each(Object.keys(acts) as (keyof typeof acts)[])('%s: all of it is paid, or nothing', async (act) => {
    for (let round = 0; round < 8; round += 1) {
      const { card, pay, outcome } = await scene();
      // A few turns later each round, so that the act meets the payment in another place.
      const acting = async () => {
        for (let turns = 0; turns < round * 8; turns += 1) await Promise.resolve();
        return acts[act](card);
      };
      const [paid] = await Promise.all([pay(), acting()]);
      if (!paid.ok) expect(paid.refusal).toEqual({ code: 'split_changed' });
      expect(await outcome()).toEqual(paid.ok ? spent : untouched);
    }
  });
});
