import type fc from 'fast-check';
import { expect } from 'vitest';
import { transaction } from '@/lib/database';
import { statementOf } from '@/lib/ledger';
import type { LedgerModel } from './campaign';
import { explain } from './explain';
import type { LedgerReal } from './harness';
import { idsOfRace, type UnitPlan, unitOf } from './plans';
import type { ReferenceUnit } from './reference';

type LedgerCommand = fc.AsyncCommand<LedgerModel, LedgerReal>;

/** One request; the model predicts its answer. */
export class CommitCommand implements LedgerCommand {
  constructor(private readonly plan: UnitPlan) {}

  check = () => true;

  async run(model: LedgerModel, real: LedgerReal) {
    real.tally.command('commit');
    const unit = unitOf(this.plan, model.ledger, real.newId);
    const answer = await real.send(unit);
    expect(answer, unitText(unit)).toBe(model.ledger.commit(unit));
    await real.compare(model);
  }

  toString = () => `commit ${JSON.stringify(this.plan)}`;
}

/** Concurrent requests: some order of them, one after the other, must explain all of their answers. */
export class RaceCommand implements LedgerCommand {
  constructor(
    private readonly plans: readonly UnitPlan[],
    private readonly oneId: boolean,
  ) {}

  check = () => true;

  async run(model: LedgerModel, real: LedgerReal) {
    real.tally.command(this.oneId ? 'race for one id' : 'race', this.plans.length);
    const newId = idsOfRace(real.newId, this.oneId);
    const units = this.plans.map((plan) => unitOf(plan, model.ledger, newId));
    const settled = await Promise.allSettled(units.map((unit) => real.send(unit)));
    const sent = settled.map((result, place) => {
      const unit = units[place];
      if (!unit) throw new Error('as many answers as units');
      return { unit, answer: result.status === 'fulfilled' ? result.value : `threw ${result.reason}` };
    });
    const after = explain(model.ledger, sent);
    const text = sent.map(({ unit, answer }) => `${unitText(unit)} → ${answer}`).join('\n');
    expect(after, `an order of requests that explains their answers:\n${text}\n`).not.toBeNull();
    if (after) model.ledger = after;
    await real.compare(model);
  }

  toString = () => `race${this.oneId ? ' for one id' : ''} ${JSON.stringify(this.plans)}`;
}

/** Requests in one transaction that sees its own changes and is then rolled back, leaving nothing. */
export class RollbackCommand implements LedgerCommand {
  constructor(private readonly plans: readonly UnitPlan[]) {}

  check = () => true;

  async run(model: LedgerModel, real: LedgerReal) {
    real.tally.command('rollback', this.plans.length);
    const ledger = model.ledger.copy();
    const end = new Error('rolled back');
    const work = transaction(real.test.db, async (tx) => {
      for (const plan of this.plans) {
        const unit = unitOf(plan, ledger, real.newId);
        // A violated unique index aborts a PostgreSQL transaction, so the row to insert is left out here.
        const { note: _, ...rest } = unit;
        expect(await real.send(rest, tx)).toBe(ledger.commit(rest));
      }
      throw end;
    });
    await expect(work).rejects.toBe(end);
    await real.compare(model);
  }

  toString = () => `rollback ${JSON.stringify(this.plans)}`;
}

/** A card's statement is complete, numbered without gaps, adds up, and reads the same page by page. */
export class StatementCommand implements LedgerCommand {
  constructor(private readonly which: number) {}

  check = () => true;

  async run({ ledger }: LedgerModel, real: LedgerReal) {
    real.tally.command('statement');
    const cards = [...ledger.accounts.values()].filter(({ kind }) => kind === 'card');
    const card = cards[this.which % cards.length];
    if (!card) return;
    const lines = [];
    let before: bigint | undefined;
    do {
      const page = await statementOf(real.test.db, card.id, { before, size: 1 + (this.which % 7) });
      lines.push(...page.entries);
      before = page.nextBefore ?? undefined;
    } while (before !== undefined);
    lines.reverse();
    const moved = [...ledger.transfers.values()]
      .filter(({ kind }) => kind === 'post' || kind === 'capture')
      .flatMap(({ id, debit, credit, amountMinor }) => [
        ...(debit === card.id ? [`${id} ${-amountMinor}`] : []),
        ...(credit === card.id ? [`${id} ${amountMinor}`] : []),
      ]);
    expect(lines.map((line) => `${line.transferId} ${line.amountMinor}`).sort()).toEqual(moved.sort());
    let balance = 0n;
    for (const [place, line] of lines.entries()) {
      balance += line.amountMinor;
      expect([line.number, line.balanceAfterMinor]).toEqual([BigInt(place) + 1n, balance]);
    }
  }

  toString = () => `statement ${this.which}`;
}

function unitText(unit: ReferenceUnit): string {
  return JSON.stringify(unit, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
}
