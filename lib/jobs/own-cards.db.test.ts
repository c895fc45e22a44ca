import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  closeOwnCard,
  expireCards,
  freezeCard,
  freezeOwnCard,
  reopenRefunded,
  unfreezeCard,
  unfreezeOwnCard,
} from '@/lib/cards';
import { auditPayments, checkPayment, type PayInput, payOrder, refundPayment } from '@/lib/checkout';
import { type CheckoutWorld, openCheckoutWorld } from '@/lib/checkout/testing';
import { interrupted, interruptedAtRead } from '@/lib/database/testing/interrupted';
import { HOUR_MS, invariant, newId, plusMs } from '@/lib/kernel';
import { audit } from '@/lib/ledger';

let world: CheckoutWorld;
const support = { id: 'usr_support', role: 'support' };

beforeEach(async () => {
  world = await openCheckoutWorld();
});
afterEach(async () => {
  const { db } = world.test;
  const differences = [...(await audit(db)).differences, ...(await auditPayments(db, world.context().now))];
  await world.close();
  expect(differences).toEqual([]);
});

const own = (cardId: string) => ({ cardId, userId: world.userId });
const freeze = (cardId: string) => freezeOwnCard(world.context(), own(cardId));
const unfreeze = (cardId: string) => unfreezeOwnCard(world.context(), own(cardId));
const close = (cardId: string) => closeOwnCard(world.context(), own(cardId));
const stateOf = async (cardId: string) => {
  const row = await world.test.db.card.findUniqueOrThrow({ where: { id: cardId } });
  return [row.state, row.frozenBy];
};
const told = async () => {
  const rows = await world.test.db.outboxMessage.findMany({
    where: { topic: { startsWith: 'card.' } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ topic }) => topic);
};

async function pay(amountMinor: bigint, card: bigint) {
  const order = await world.addOrder([{ amountMinor }]);
  const input: PayInput = {
    orderId: order.id,
    userId: world.userId,
    method: 'alipay',
    expected: { cardMinor: card, externalMinor: amountMinor - card },
    idempotencyKey: newId('att'),
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '订单',
  };
  return payOrder(world.context(), input);
}

async function refund(paid: Awaited<ReturnType<typeof pay>>, amountMinor: bigint) {
  invariant(paid.ok, 'paid');
  const lineId = paid.value.payment.tenders[0]?.lines[0]?.orderLineId ?? '';
  const asked = { paymentId: paid.value.payment.id, lines: [{ lineId, amountMinor }] };
  const why = { reason: null, actorId: null, idempotencyKey: newId('att') };
  expect(await refundPayment(world.context(), { ...asked, ...why })).toMatchObject({ ok: true });
}

describe('a freeze of one’s own', () => {
  it('stops new payments and lets the one that holds value go on', async () => {
    const card = await world.addCard({ amountMinor: 10_000n });
    const started = await pay(12_000n, 8_000n + 2_000n);
    invariant(started.ok && started.value.status === 'proceed', 'at the cashier');
    const cashier = await world.sandbox.visit(started.value.next);
    expect(await freeze(card.id)).toMatchObject({ ok: true });
    await world.addCard({ amountMinor: 100n });
    expect(await pay(3_000n, 3_000n)).toMatchObject({ refusal: { code: 'split_changed' } });
    await world.sandbox.confirm(cashier);
    const { state } = await checkPayment(world.context(), started.value.payment.id).then((paid) => {
      invariant(paid, 'the payment is known');
      return paid;
    });
    expect(state).toBe('PAID');
    expect(await stateOf(card.id)).toEqual(['frozen', 'holder']);
    expect(await told()).toEqual(['card.frozen']);
  });

  it('is undone by its holder; one of support’s is not, nor one that support has taken over', async () => {
    const { id } = await world.addCard({ amountMinor: 10_000n });
    await freeze(id);
    expect(await unfreeze(id)).toMatchObject({ ok: true });
    expect(await stateOf(id)).toEqual(['active', null]);
    await freezeCard(world.context(), { cardId: id, actor: support, reason: '可疑' });
    expect(await unfreeze(id)).toEqual({ ok: false, refusal: { code: 'frozen_by_issuer' } });
    await unfreezeCard(world.context(), { cardId: id, actor: support, reason: '查清了' });
    await freeze(id);
    expect(await freezeCard(world.context(), { cardId: id, actor: support, reason: '可疑' })).toMatchObject({
      ok: true,
    });
    expect(await unfreeze(id)).toEqual({ ok: false, refusal: { code: 'frozen_by_issuer' } });
    expect(await stateOf(id)).toEqual(['frozen', 'issuer']);
  });

  it('and support’s at the same moment leave the card frozen by support', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await world.addCard({ amountMinor: 100n });
      await freeze(id);
      const [mine, theirs] = await Promise.all([
        unfreeze(id),
        freezeCard(world.context(), { cardId: id, actor: support, reason: '可疑' }),
      ]);
      expect(theirs.ok).toBe(true);
      expect(mine.ok || mine.refusal.code === 'frozen_by_issuer').toBe(true);
      expect(await stateOf(id)).toEqual(['frozen', 'issuer']);
    }
  });

  it('is not undone when support takes it over after the holder’s app has looked', async () => {
    const { id } = await world.addCard({ amountMinor: 100n });
    await freeze(id);
    const takeOver = () => freezeCard(world.context(), { cardId: id, actor: support, reason: '可疑' });
    const db = await interrupted(world.test, takeOver);
    expect(await unfreezeOwnCard({ ...world.context(), db }, own(id))).toEqual({
      ok: false,
      refusal: { code: 'frozen_by_issuer' },
    });
    await db.$disconnect();
    expect(await stateOf(id)).toEqual(['frozen', 'issuer']);
  });

  it('is nobody else’s to make', async () => {
    const { id } = await world.addCard({ amountMinor: 100n, userId: await world.addShopper() });
    for (const cardId of [id, newId('crd'), 'nonsense']) {
      for (const act of [freeze, unfreeze, close]) {
        expect(await act(cardId)).toEqual({ ok: false, refusal: { code: 'card_not_found' } });
      }
    }
  });
});

describe('closing a card', () => {
  it('is for one that is used up, and ends it', async () => {
    const { id } = await world.addCard({ amountMinor: 5_000n });
    await pay(5_000n, 5_000n);
    expect(await close(id)).toMatchObject({ ok: true });
    expect(await stateOf(id)).toEqual(['closed', null]);
    expect(await close(id)).toEqual({
      ok: false,
      refusal: { code: 'not_possible_in_state', state: 'closed' },
    });
    expect(await told()).toEqual(['card.closed']);
  });

  it('is refused with what is on it, held, or dormant', async () => {
    const left = (usableMinor: bigint, heldMinor: bigint, dormantMinor: bigint) => ({
      ok: false,
      refusal: { code: 'value_left', usableMinor, heldMinor, dormantMinor },
    });
    const { id } = await world.addCard({
      amountMinor: 5_000n,
      expiresAt: plusMs(world.context().now, HOUR_MS),
    });
    expect(await close(id)).toEqual(left(5_000n, 0n, 0n));
    await pay(3_500n, 3_500n);
    await pay(2_000n, 1_500n);
    expect(await close(id)).toEqual(left(0n, 1_500n, 0n));
    const ended = await world.addCard({ amountMinor: 700n, expiresAt: world.context().now });
    await expireCards(world.context());
    expect(await close(ended.id)).toEqual(left(0n, 0n, 700n));
    expect(await stateOf(ended.id)).toEqual(['active', null]);
  });

  it('is refused while support has frozen the card', async () => {
    const { id } = await world.addCard({ amountMinor: 5_000n });
    await pay(5_000n, 5_000n);
    await freezeCard(world.context(), { cardId: id, actor: support, reason: '可疑' });
    expect(await close(id)).toEqual({ ok: false, refusal: { code: 'frozen_by_issuer' } });
  });

  it('leaves a card that support cannot freeze, also one that its holder had frozen', async () => {
    const { id } = await world.addCard({ amountMinor: 5_000n });
    await pay(5_000n, 5_000n);
    await freeze(id);
    await close(id);
    expect(await freezeCard(world.context(), { cardId: id, actor: support, reason: '可疑' })).toEqual({
      ok: false,
      refusal: { code: 'not_possible_in_state', state: 'closed' },
    });
    expect(await stateOf(id)).toEqual(['closed', 'holder']);
    expect(await told()).toEqual(['card.frozen', 'card.closed']);
  });

  it('is refused when a refund comes in after the balance was looked at', async () => {
    const { id } = await world.addCard({ amountMinor: 5_000n });
    const paid = await pay(5_000n, 5_000n);
    const db = await interrupted(world.test, () => refund(paid, 2_000n));
    expect(await closeOwnCard({ ...world.context(), db }, own(id))).toMatchObject({
      refusal: { code: 'value_left', usableMinor: 2_000n },
    });
    await db.$disconnect();
    expect(await stateOf(id)).toEqual(['active', null]);
  });

  it('is refused when its value becomes dormant between the looks at card and balance', async () => {
    const expiresAt = plusMs(world.context().now, HOUR_MS);
    const { id } = await world.addCard({ amountMinor: 700n, expiresAt });
    world.advance(HOUR_MS);
    const db = await interruptedAtRead(world.test, 'Account', () => expireCards(world.context()));
    expect(await closeOwnCard({ ...world.context(), db }, own(id))).toMatchObject({
      refusal: { code: 'value_left', dormantMinor: 700n },
    });
    await db.$disconnect();
    expect(await stateOf(id)).toEqual(['active', null]);
  });

  it('is undone by a later refund also when that has become dormant already', async () => {
    const expiresAt = plusMs(world.context().now, HOUR_MS);
    const { id } = await world.addCard({ amountMinor: 5_000n, expiresAt });
    const paid = await pay(5_000n, 5_000n);
    await close(id);
    world.advance(HOUR_MS);
    await refund(paid, 2_000n);
    expect(await expireCards(world.context())).toEqual({ moved: 1 });
    expect(await reopenRefunded(world.context())).toEqual({ reopened: 1 });
    expect(await stateOf(id)).toEqual(['active', null]);
    expect(await reopenRefunded(world.context())).toEqual({ reopened: 0 });
  });

  it('and a refund at the same moment never shut value in', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await world.addCard({ amountMinor: 5_000n });
      const paid = await pay(5_000n, 5_000n);
      const [closed] = await Promise.all([close(id), refund(paid, 5_000n)]);
      expect(closed.ok || closed.refusal.code === 'value_left').toBe(true);
      await reopenRefunded(world.context());
      expect(await stateOf(id)).toEqual(['active', null]);
      await pay(5_000n, 5_000n);
    }
  });

  it('is undone by a later refund, of which the holder is told, once', async () => {
    const { id } = await world.addCard({ amountMinor: 5_000n });
    const paid = await pay(5_000n, 5_000n);
    await close(id);
    expect(await reopenRefunded(world.context())).toEqual({ reopened: 0 });
    await refund(paid, 1_000n);
    const runs = await Promise.all([reopenRefunded(world.context()), reopenRefunded(world.context())]);
    expect(runs.reduce((sum, { reopened }) => sum + reopened, 0)).toBe(1);
    expect(await stateOf(id)).toEqual(['active', null]);
    expect(await told()).toEqual(['card.closed', 'card.reopened']);
  });

  it('keeps a freeze of the holder’s own for a refund that opens the card again', async () => {
    const { id } = await world.addCard({ amountMinor: 5_000n });
    const paid = await pay(5_000n, 5_000n);
    await freeze(id);
    expect(await close(id)).toMatchObject({ ok: true });
    await refund(paid, 1_000n);
    expect(await reopenRefunded(world.context())).toEqual({ reopened: 1 });
    expect(await stateOf(id)).toEqual(['frozen', 'holder']);
    expect(await pay(1_000n, 1_000n)).toMatchObject({ refusal: { code: 'split_changed' } });
    expect(await unfreeze(id)).toMatchObject({ ok: true });
    expect(await pay(1_000n, 1_000n)).toMatchObject({ ok: true });
  });
});
