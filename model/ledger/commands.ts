import type fc from 'fast-check';
import { expect } from 'vitest';
import { transaction } from '@/lib/database';
import { statementOf } from '@/lib/ledger';
import type { LedgerReal } from './bench';
import type { LedgerModel } from './campaign';
import { explain } from './explain';
import { idsOfRace, type UnitPlan, unitOf } from './plans';
import type { ReferenceUnit } from './reference';

type LedgerCommand = fc.AsyncCommand<LedgerModel, LedgerReal>;

/** One request, whose answer the model knows beforehand. */
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

/** Requests that are sent at once: their answers must be those of one queue, in whatever order. */
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

/** Requests in one transaction, which sees each of them and is then rolled back: nothing of it is left. */
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
        // Inside a transaction PostgreSQL gives it up for a violated index, so that is not for here.
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

/** A card's statement is complete, numbered without gaps, adds up, and pages like one list. */
export class LookCommand implements LedgerCommand {
  constructor(private readonly which: number) {}

  check = () => true;

  async run({ ledger }: LedgerModel, real: LedgerReal) {
    real.tally.command('look');
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

  toString = () => `look at statement ${this.which}`;
}

function unitText(unit: ReferenceUnit): string {
  return JSON.stringify(unit, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
}
