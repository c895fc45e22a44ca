import type fc from 'fast-check';
import { expect } from 'vitest';
import { auditPayments } from '@/lib/checkout';
import { type CheckoutWorld, openCheckoutWorld } from '@/lib/checkout/testing';
import type { TestDatabase } from '@/lib/database/testing';
import { setSwitches } from '@/lib/gateways/sandbox';
import { MINUTE_MS } from '@/lib/kernel';
import { audit } from '@/lib/ledger';
import type { Harness, Tally } from '../campaign';
import { SendCommand } from './commands';
import { expectInvariantsNow } from './history';
import { EMPTY, type Frame, observe } from './observe';
import type { RequestPlan } from './plans';
import { type CheckoutReal, runDue } from './real';
import { ReferenceCheckout } from './reference';
import { OPEN_STATES, type Snapshot } from './snapshot';

export async function openCheckoutHarness(
  test: TestDatabase,
  tally: Tally,
): Promise<Harness<ReferenceCheckout, CheckoutReal>> {
  const world = await openCheckoutWorld(test);
  return {
    begin: async (scheduler) => {
      const real = await realOf(world, tally, scheduler);
      await setSwitches(world.sandbox.context(), null, {});
      await addCardsAndOrders(real);
      const snapshot = await observe(real.frame);
      const start = { nowMs: world.context().now.getTime(), cardIds: [...snapshot.cards.keys()] };
      const model = new ReferenceCheckout(snapshot, start);
      for (const plan of OPENING) await new SendCommand(plan).run(model, real);
      return { model, real };
    },
    finish: async ({ model, real }) => {
      await finishEverything(real);
      model.snapshot = await observe(real.frame);
      await expectInvariantsNow(model, real, 'everything was finished');
      expectFinished(model.snapshot);
      const { db } = test;
      const differences = [
        ...(await audit(db)).differences,
        ...(await auditPayments(db, world.context().now)),
      ];
      expect(differences).toEqual([]);
      // The product accepts or refuses each notification; none may have ended in an error.
      const unanswered = { attempts: { gt: 0 }, NOT: { lastAnswer: { in: ['success', 'failure'] } } };
      expect(await db.sandboxNotification.findMany({ where: unanswered })).toEqual([]);
    },
    close: () => world.close(),
  };
}

async function realOf(world: CheckoutWorld, tally: Tally, scheduler: fc.Scheduler): Promise<CheckoutReal> {
  const userId = await world.addShopper();
  const frame: Frame = { db: world.test.db, userId, before: EMPTY };
  const { merchants, house } = await observe(frame);
  let keys = 0;
  return {
    world,
    frame: { ...frame, before: { merchants, house } },
    userId,
    tally,
    scheduler,
    steps: new Map(),
    cashiers: new Map(),
    issued: new Map(),
    turns: null,
    newKey: () => {
      keys += 1;
      return `${userId}-${keys}`;
    },
  };
}

const pay = { plan: 'pay', choice: null, shown: 'right', method: true, key: { key: 'new' } } as const;

/** One order paid by cards and one partly through the gateway, so that the first command can already be a refund. */
const OPENING: readonly RequestPlan[] = [
  { ...pay, order: 3 },
  { ...pay, order: 0, choice: [{ card: 0, percent: 50 }] },
  { plan: 'confirm', which: 0 },
];

/** Three cards, one of which expires soon, and orders with lines that cards may and may not pay. */
async function addCardsAndOrders(real: CheckoutReal): Promise<void> {
  const { world, userId } = real;
  const soon = new Date(world.context().now.getTime() + 20 * MINUTE_MS);
  for (const card of [
    { amountMinor: 6_000n },
    { amountMinor: 2_500n, expiresAt: soon },
    { amountMinor: 900n },
  ]) {
    const { id } = await world.addCard({ ...card, userId });
    real.issued.set(id, card.amountMinor);
  }
  await world.addOrder([{ amountMinor: 1_200n }], userId);
  await world.addOrder([{ amountMinor: 3_000n }, { amountMinor: 700n, merchant: 'pop' }], userId);
  await world.addOrder(
    [
      { amountMinor: 500n, kind: 'virtual' },
      { amountMinor: 800n, kind: 'fresh' },
    ],
    userId,
  );
  await world.addOrder([{ amountMinor: 9_000n, merchant: 'pop' }, { amountMinor: 4_000n }], userId);
}

/** With a gateway that behaves well, time passes until no payment and no refund is open. */
async function finishEverything(real: CheckoutReal): Promise<void> {
  const { world, frame } = real;
  await setSwitches(world.sandbox.context(), null, {});
  for (let round = 0; round < 12; round += 1) {
    world.advance(4 * MINUTE_MS);
    await world.sandbox.deliver();
    await runDue(real);
    await world.sandbox.deliver();
    const open = { userId: frame.userId, state: { in: [...OPEN_STATES, 'LATE_PAID'] } };
    const waiting =
      (await frame.db.payment.count({ where: open })) +
      (await frame.db.refund.count({ where: { state: 'PENDING', payment: { userId: frame.userId } } }));
    if (waiting === 0) return;
  }
}

function expectFinished({ payments, cards, merchants, house, owed }: Snapshot): void {
  for (const { id, state, refunds } of payments.values()) {
    expect(['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED', 'CANCELLED', 'EXTERNAL_REFUNDED'], id).toContain(state);
    for (const refund of refunds) expect(['SUCCEEDED', 'FAILED'], refund.id).toContain(refund.state);
  }
  for (const [id, card] of cards) expect(card.heldMinor, id).toBe(0n);
  for (const merchant of Object.values(merchants)) {
    expect(merchant).toMatchObject({ creditsPending: 0n, debitsPending: 0n });
  }
  expect(house.suspenseMinor).toBe(0n);
  expect(owed).toEqual([]);
}
