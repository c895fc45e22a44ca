import { afterEach, beforeEach, expect, it } from 'vitest';
import { setSwitches } from '@/lib/gateways/sandbox';
import { SECOND_MS } from '@/lib/kernel';
import { payOrder, refundPayment, runDueChecks } from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { closeAudited, payInput, usable } from './testing/payments';

let world: CheckoutWorld;

beforeEach(async () => {
  world = await openCheckoutWorld();
});

afterEach(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

function pay(
  orderId: string,
  { key = `key-${orderId}`, ...part }: { card: bigint; external: bigint; key?: string },
) {
  return payOrder(world.context(), payInput(world, orderId, { ...part, idempotencyKey: key }));
}

async function orders(count: number, amountMinor: bigint): Promise<string[]> {
  const made: string[] = [];
  for (let index = 0; index < count; index += 1) made.push((await world.addOrder([{ amountMinor }])).id);
  return made;
}

it('1,000 payments at once, over ten orders, spend a card that covers only one of them once', async () => {
  const card = await world.addCard({ amountMinor: 10_000n });
  const wanted = await orders(10, 10_000n);
  const attempts = Array.from({ length: 1_000 }, (_, index) =>
    pay(wanted[index % wanted.length] ?? '', { card: 10_000n, external: 0n, key: `attempt-${index}` }),
  );
  const results = await Promise.all(attempts);
  expect(results.filter((result) => result.ok && result.value.status === 'paid')).toHaveLength(1);
  const refusals = new Set(results.flatMap((result) => (result.ok ? [] : [result.refusal.code])));
  expect([...refusals].filter((code) => code !== 'split_changed' && code !== 'already_being_paid')).toEqual(
    [],
  );
  expect(await usable(world, card.accountId)).toBe(0n);
  expect(await world.test.db.payment.count()).toBe(1);
}, 180_000);

it('one submit that arrives a hundred times, one close after the other, is one payment and one answer', async () => {
  const card = await world.addCard({ amountMinor: 10_000n });
  const [order = ''] = await orders(1, 15_000n);
  const attempts: ReturnType<typeof pay>[] = [];
  for (let index = 0; index < 100; index += 1) {
    attempts.push(pay(order, { card: 10_000n, external: 5_000n }));
    await new Promise(setImmediate);
  }
  const results = await Promise.all(attempts);
  const answers = results.map((result) => (result.ok ? result.value.payment.id : result.refusal.code));
  expect(new Set(answers).size).toBe(1);
  expect(results.every((result) => result.ok && result.value.status === 'proceed')).toBe(true);
  expect(await usable(world, card.accountId)).toBe(0n);
});

it('one refund that is asked for fifty times, one close after the other, is one refund and one answer', async () => {
  const card = await world.addCard({ amountMinor: 10_000n });
  const order = await world.addOrder([{ amountMinor: 10_000n }]);
  const paid = await pay(order.id, { card: 10_000n, external: 0n });
  if (!paid.ok) throw new Error('the order is paid');
  const request = {
    paymentId: paid.value.payment.id,
    lines: [{ lineId: order.lineIds[0] ?? '', amountMinor: 10_000n }],
    reason: null,
    actorId: world.userId,
    idempotencyKey: 'refund',
  };
  const attempts: ReturnType<typeof refundPayment>[] = [];
  for (let index = 0; index < 50; index += 1) {
    attempts.push(refundPayment(world.context(), request));
    await new Promise(setImmediate);
  }
  const results = await Promise.all(attempts);
  const answers = results.map((result) => (result.ok ? result.value.id : result.refusal.code));
  expect([...new Set(answers)]).toEqual([expect.stringMatching(/^rfd_/)]);
  expect(await usable(world, card.accountId)).toBe(10_000n);
});

it('after an outage everything that was paid meanwhile is settled within 60 seconds', async () => {
  const waiting = await orders(25, 6_000n);
  for (const order of waiting) {
    const started = await pay(order, { card: 0n, external: 6_000n });
    if (!started.ok || started.value.status !== 'proceed') throw new Error('the shopper is at the cashier');
    const cashier = await world.sandbox.visit(started.value.next);
    await setSwitches(world.sandbox.context(), started.value.payment.tenders[0]?.id ?? '', {
      notify: 'never',
    });
    await world.sandbox.confirm(cashier);
  }
  await setSwitches(world.sandbox.context(), null, { down: true });
  // Until each is asked about as seldom as ever; one turn asks about all that is due, not only about a first batch.
  for (let turn = 0; turn < 5; turn += 1) expect(await turnAfter(20 * SECOND_MS)).toBe(waiting.length);

  await setSwitches(world.sandbox.context(), null, {});
  let seconds = 0;
  while ((await paidPayments()) < waiting.length && seconds < 60) {
    await turnAfter(SECOND_MS);
    seconds += 1;
  }
  expect(await paidPayments()).toBe(waiting.length);
  expect(seconds).toBeLessThanOrEqual(21);
});

/** What the worker does in one turn: it goes on at once while more is due. Returns how many were looked at. */
async function turnAfter(ms: number): Promise<number> {
  world.advance(ms);
  let looked = 0;
  for (;;) {
    const { handled, more } = await runDueChecks(world.context(), (subject, error) => {
      throw new Error(`${subject}: ${error}`);
    });
    looked += handled;
    if (!more) return looked;
  }
}

function paidPayments(): Promise<number> {
  return world.test.db.payment.count({ where: { state: 'PAID' } });
}
