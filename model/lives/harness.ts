import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { seedProgrammes } from '@/lib/cards';
import { auditPayments } from '@/lib/checkout';
import { openCheckoutWorld } from '@/lib/checkout/testing';
import type { Database } from '@/lib/database';
import type { TestDatabase } from '@/lib/database/testing';
import { audit, type Movement, movementOfCode } from '@/lib/ledger';
import { openCardCounter } from '@/lib/sales';
import type { Harness, Tally } from '../campaign';
import type { LivesReal } from './action';
import { voidHeld } from './actions/payments';
import { ActionCommand, JobCommand } from './commands';
import { type Life, type Lives, total, ZONE } from './life';
import { expectRetiredNumber } from './retired-number';
import { OPENING, playScript } from './scripts';

/** Nothing is concurrent here, so `begin` needs no scheduler. */
export interface LivesHarness extends Harness<Lives, LivesReal> {
  begin(): Promise<{ model: Lives; real: LivesReal }>;
}

export async function openLivesHarness(test: TestDatabase, tally: Tally): Promise<LivesHarness> {
  const world = await openCheckoutWorld(test);
  const { db } = test;
  const keys = { number: newKey(), password: newKey(), seal: newKey() };
  const context = () => ({ db, now: world.context().now, keys, zone: ZONE });
  await seedProgrammes(context());
  await openCardCounter(context());
  return {
    begin: async () => {
      const [buyer, friend] = [await world.addShopper(), await world.addShopper()];
      const model: Lives = { buyer, friend, cards: [], nowMs: context().now.getTime() };
      const real: LivesReal = { world, tally, context, seen: new Map() };
      await playScript(OPENING, model, real);
      return { model, real };
    },
    finish: async ({ model, real }) => {
      await finishEverything(model, real);
      await expectRetired(model, real);
      await expectConserved(db, model);
      const differences = [...(await audit(db)).differences, ...(await auditPayments(db, context().now))];
      expect(differences).toEqual([]);
      const failed = { OR: [{ lastError: { not: null } }, { parkedAt: { not: null } }] };
      expect(await db.outboxMessage.findMany({ where: failed })).toEqual([]);
      expect(await db.cardPurchase.count({ where: { state: 'withdrawing' } })).toBe(0);
    },
    close: () => world.close(),
  };
}

/** Ends every payment and runs every job that leaves work for later. */
async function finishEverything(model: Lives, real: LivesReal): Promise<void> {
  const command = new ActionCommand(voidHeld, { which: 0, allowed: true, n: 0 });
  while (command.check(model)) await command.run(model, real);
  for (const job of ['deliver', 'reopen', 'expire'] as const) await new JobCommand(job).run(model, real);
}

async function expectRetired(model: Lives, real: LivesReal): Promise<void> {
  for (const { id, retired } of model.cards) {
    for (const secrets of retired) await expectRetiredNumber(real, secrets);
    expect(await real.context().db.retiredNumber.count({ where: { cardId: id } })).toBeGreaterThanOrEqual(
      retired.length,
    );
  }
}

/** The transfers, summed up by movement, put each card's value where the model says it is. */
async function expectConserved(db: Database, { cards }: Lives): Promise<void> {
  const accounts = { in: cards.map(({ accountId }) => accountId) };
  const rows = await db.transfer.findMany({
    where: {
      kind: { in: ['posted', 'post_pending'] },
      OR: [
        { debitAccountId: accounts },
        { creditAccountId: accounts },
        { reference: { in: cards.map(({ id }) => id) } },
      ],
    },
  });
  for (const life of cards) {
    const own = rows.filter(
      ({ debitAccountId, creditAccountId, reference }) =>
        [debitAccountId, creditAccountId].includes(life.accountId) || reference === life.id,
    );
    const moved = (...wanted: readonly Movement[]) =>
      own
        .filter(({ code }) => wanted.some((movement) => movement === movementOfCode(code)))
        .reduce((sum, { amount }) => sum + amount, 0n);
    expect(total(life), `all value of ${life.id} is accounted for`).toBe(life.faceMinor);
    expect(partsOf(life), life.id).toEqual({
      given: moved('issue', 'promote', 'issueSold', 'discountSold'),
      spent: moved('spend') - moved('refundCard'),
      dormant: moved('expire') - moved('revive') - moved('lapse'),
      lapsed: moved('lapse'),
      withdrawn: moved('withdrawSold', 'withdrawDiscount'),
    });
  }
}

function partsOf({ faceMinor, spentMinor, dormantMinor, lapsedMinor, withdrawnMinor }: Life) {
  return {
    given: faceMinor,
    spent: spentMinor,
    dormant: dormantMinor,
    lapsed: lapsedMinor,
    withdrawn: withdrawnMinor,
  };
}

function newKey() {
  return new Map([[1, randomBytes(32)]]);
}
