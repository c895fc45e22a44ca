import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expireCards } from '@/lib/cards';
import {
  auditPayments,
  cancelPayment,
  checkPayment,
  type PayInput,
  payOrder,
  refundPayment,
} from '@/lib/checkout';
import { type CheckoutWorld, openCheckoutWorld } from '@/lib/checkout/testing';
import { aroundEveryWrite, FAILINGS, openMortalProcess } from '@/lib/database/testing/mortal-process';
import { DAY_MS, HOUR_MS, invariant, plusMs } from '@/lib/kernel';
import { audit, balancesOf, houseAccount, post, usableOf } from '@/lib/ledger';
import { remindOfExpiry } from '@/lib/notify';

let world: CheckoutWorld;
const DORMANT = houseAccount('dormant', 'CNY');

beforeEach(async () => {
  world = await openCheckoutWorld();
});
afterEach(async () => {
  const { db } = world.test;
  const differences = [...(await audit(db)).differences, ...(await auditPayments(db, world.context().now))];
  await world.close();
  expect(differences).toEqual([]);
});

/** A card that ends in an hour. */
const addEnding = (amountMinor = 10_000n) =>
  world.addCard({ amountMinor, expiresAt: plusMs(world.context().now, HOUR_MS) });
const expire = () => expireCards(world.context());

/** What can be spent, what is held, and what is dormant of it. */
async function partsOf(card: { id: string; accountId: string }) {
  const { db } = world.test;
  const balance = (await balancesOf(db, [card.accountId])).get(card.accountId);
  const { dormantMinor } = await db.card.findUniqueOrThrow({ where: { id: card.id } });
  invariant(balance, 'a card has an account');
  return [usableOf(balance), balance.debitsPending, dormantMinor];
}

function payInput(orderId: string, split: { card: bigint; external: bigint }): PayInput {
  return {
    orderId,
    userId: world.userId,
    method: 'alipay',
    expected: { cardMinor: split.card, externalMinor: split.external },
    idempotencyKey: `key-${orderId}`,
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '订单',
  };
}

/** Puts an order over `amountMinor` on the cards, and what they lack on Alipay. */
async function pay(amountMinor: bigint, card: bigint) {
  const order = await world.addOrder([{ amountMinor }]);
  const input = payInput(order.id, { card, external: amountMinor - card });
  return { order, paid: await payOrder(world.context(), input) };
}

describe('the value of a card whose last day has passed', () => {
  it('becomes dormant once, at the end of that day and not a moment before', async () => {
    const card = await addEnding();
    const good = await world.addCard({ amountMinor: 500n });
    world.advance(HOUR_MS - 1);
    expect(await expire()).toEqual({ moved: 0 });
    expect(await partsOf(card)).toEqual([10_000n, 0n, 0n]);
    world.advance(1);
    expect(await expire()).toEqual({ moved: 1 });
    expect(await expire()).toEqual({ moved: 0 });
    expect(await partsOf(card)).toEqual([0n, 0n, 10_000n]);
    expect(await partsOf(good)).toEqual([500n, 0n, 0n]);
    const owed = (await balancesOf(world.test.db, [DORMANT.id])).get(DORMANT.id);
    expect(owed).toMatchObject({ creditsPosted: 10_000n, debitsPosted: 0n });
    const events = await world.test.db.cardEvent.findMany({ where: { cardId: card.id } });
    expect(events.map(({ kind }) => kind)).toEqual(['expired']);
  });

  it('stays where it is as long as the card was never activated', async () => {
    const card = await addEnding();
    await world.test.db.card.update({
      where: { id: card.id },
      data: { state: 'issued', holderId: null, boundAt: null },
    });
    world.advance(DAY_MS);
    expect(await expire()).toEqual({ moved: 0 });
    expect(await partsOf(card)).toEqual([10_000n, 0n, 0n]);
  });

  it('is moved once by workers that look at the same time', async () => {
    const cards = await Promise.all(Array.from({ length: 7 }, () => addEnding()));
    world.advance(HOUR_MS);
    const runs = await Promise.all(Array.from({ length: 5 }, expire));
    expect(runs.reduce((sum, { moved }) => sum + moved, 0)).toBe(cards.length);
    for (const card of cards) expect(await partsOf(card)).toEqual([0n, 0n, 10_000n]);
    expect(await world.test.db.cardEvent.count({ where: { kind: 'expired' } })).toBe(cards.length);
  });

  it('is told of by the reminders also when it is dormant already', async () => {
    await addEnding();
    world.advance(HOUR_MS);
    await expire();
    const { now } = world.context();
    const remind = () => remindOfExpiry({ db: world.test.db, now, zone: 'Asia/Shanghai' });
    expect([await remind(), await remind()]).toEqual([{ told: 1 }, { told: 0 }]);
  });
});

describe('what a payment holds on a card that ends meanwhile', () => {
  it('stays with the payment and is spent when it succeeds', async () => {
    const card = await addEnding();
    const { paid } = await pay(14_000n, 10_000n);
    invariant(paid.ok && paid.value.status === 'proceed', 'at the cashier');
    const cashier = await world.sandbox.visit(paid.value.next);
    // The gateway takes the money for ten minutes from the last second of the card on.
    await world.test.db.card.update({ where: { id: card.id }, data: { expiresAt: world.context().now } });
    expect(await expire()).toEqual({ moved: 0 });
    expect(await partsOf(card)).toEqual([0n, 10_000n, 0n]);
    await world.sandbox.confirm(cashier);
    await checkPayment(world.context(), paid.value.payment.id);
    expect(await expire()).toEqual({ moved: 0 });
    expect(await partsOf(card)).toEqual([0n, 0n, 0n]);
  });

  it('becomes dormant at the next run when the payment comes to nothing', async () => {
    const card = await addEnding(10_000n);
    world.advance(HOUR_MS - 1);
    const { paid } = await pay(14_000n, 10_000n);
    invariant(paid.ok && paid.value.status === 'proceed', 'at the cashier');
    await world.sandbox.visit(paid.value.next);
    world.advance(1);
    await expire();
    await cancelPayment(world.context(), paid.value.payment);
    expect(await partsOf(card)).toEqual([10_000n, 0n, 0n]);
    expect(await expire()).toEqual({ moved: 1 });
    expect(await partsOf(card)).toEqual([0n, 0n, 10_000n]);
  });

  it('becomes dormant at the next run after each refund onto the ended card', async () => {
    const card = await addEnding();
    const { paid } = await pay(6_000n, 6_000n);
    invariant(paid.ok && paid.value.status === 'paid', 'paid by card');
    const { payment } = paid.value;
    world.advance(HOUR_MS);
    await expire();
    expect(await partsOf(card)).toEqual([0n, 0n, 4_000n]);
    const [line] = payment.tenders[0]?.lines ?? [];
    for (const [round, dormant] of [
      [1, 6_000n],
      [2, 8_000n],
    ] as const) {
      const refunded = await refundPayment(world.context(), {
        paymentId: payment.id,
        lines: [{ lineId: line?.orderLineId ?? '', amountMinor: 2_000n }],
        reason: null,
        actorId: null,
        idempotencyKey: `refund-${round}`,
      });
      expect(refunded.ok).toBe(true);
      expect(await expire()).toEqual({ moved: 1 });
      expect(await partsOf(card)).toEqual([0n, 0n, dormant]);
    }
  });

  it('is decided once, whoever comes first at the last second', async () => {
    for (let round = 0; round < 6; round += 1) {
      const card = await addEnding();
      const order = await world.addOrder([{ amountMinor: 10_000n }]);
      const before = world.context();
      const later = { ...before, now: plusMs(before.now, HOUR_MS) };
      const input = payInput(order.id, { card: 10_000n, external: 0n });
      const [paid, expired] = await Promise.all([payOrder(before, input), expireCards(later)]);
      const value = await partsOf(card);
      expect(value).toEqual(paid.ok ? [0n, 0n, 0n] : [0n, 0n, 10_000n]);
      expect(expired.moved).toBe(paid.ok ? 0 : 1);
    }
  });
});

describe('a card that is extended', () => {
  const extend = (id: string, days: number) =>
    world.test.db.card.update({
      where: { id },
      data: { expiresAt: plusMs(world.context().now, days * DAY_MS) },
    });

  it('gets its dormant value back, once, and may end again', async () => {
    const card = await addEnding();
    world.advance(HOUR_MS);
    await expire();
    await extend(card.id, 30);
    expect(await expire()).toEqual({ moved: 1 });
    expect(await expire()).toEqual({ moved: 0 });
    expect(await partsOf(card)).toEqual([10_000n, 0n, 0n]);
    world.advance(31 * DAY_MS);
    expect(await expire()).toEqual({ moved: 1 });
    expect(await partsOf(card)).toEqual([0n, 0n, 10_000n]);
  });

  it('in the moment in which it ends keeps all of its value on one side', async () => {
    for (let round = 0; round < 6; round += 1) {
      const card = await addEnding();
      world.advance(HOUR_MS);
      await Promise.all([expire(), extend(card.id, 30)]);
      await expire();
      expect(await partsOf(card)).toEqual([10_000n, 0n, 0n]);
    }
  });
});

it('value that lives again on a successor leaves the card that it was dormant of', async () => {
  const [card, successor] = [await addEnding(), await addEnding()];
  world.advance(HOUR_MS);
  await expire();
  const revive = {
    type: 'post',
    id: 'exchange',
    movement: 'revive',
    debit: DORMANT,
    credit: { id: successor.accountId, kind: 'card' },
    amountMinor: 10_000n,
    reference: card.id,
  } as const;
  expect((await post(world.test.db, [revive], world.context().now)).ok).toBe(true);
  expect(await partsOf(card)).toEqual([0n, 0n, 0n]);
  expect(await partsOf(successor)).toEqual([10_000n, 0n, 10_000n]);
});

it('no more becomes live again than is dormant: the database refuses it', async () => {
  const card = await addEnding();
  world.advance(HOUR_MS);
  await expire();
  const { db } = world.test;
  await expect(db.card.update({ where: { id: card.id }, data: { dormantMinor: -1n } })).rejects.toThrow();
});

describe.each(FAILINGS)('a worker that %s a write', (how) => {
  it('repeats nothing and forgets nothing', async () => {
    const mortal = await openMortalProcess(world.test);
    const failures = await aroundEveryWrite(mortal, how, {
      scene: async () => {
        const card = await addEnding();
        world.advance(HOUR_MS);
        return card;
      },
      act: () => expireCards({ ...world.context(), db: mortal.db }),
      after: async (card) => {
        await expire();
        expect(await partsOf(card)).toEqual([0n, 0n, 10_000n]);
        const events = { cardId: card.id, kind: 'expired' };
        expect(await world.test.db.cardEvent.count({ where: events })).toBe(1);
      },
    });
    await mortal.close();
    expect(failures).toBeGreaterThan(0);
  });
});
