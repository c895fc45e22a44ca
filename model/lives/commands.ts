import type fc from 'fast-check';
import type { Action, Attempt, LivesReal } from './action';
import { issueOne, sell } from './creations';
import { expectAsModelled } from './expect-as-modelled';
import type { Life, Lives } from './life';
import { JOBS, type JobName, type Step, stepMs } from './time';

export type LivesCommand = fc.AsyncCommand<Lives, LivesReal>;

export type Creation =
  | { readonly issue: Life['programme'] }
  | { readonly sell: 'self' | 'gift' | 'ship'; readonly quantity: 1 | 2 };

/** Enough cards for every combination of circumstances, and few enough for each to be used often. */
const MOST_CARDS = 8;

export class CreateCommand implements LivesCommand {
  constructor(private readonly creation: Creation) {}

  /** Only for random lives: a script may create more. */
  check = (lives: Readonly<Lives>) => lives.cards.length < MOST_CARDS;

  async run(lives: Lives, real: LivesReal) {
    const { creation } = this;
    const name = 'issue' in creation ? 'issue' : 'sell';
    real.tally.command(name);
    if ('issue' in creation) await issueOne(real, lives, creation.issue);
    else await sell(real, lives, { purpose: creation.sell, quantity: creation.quantity });
    await expectAsModelled(real, lives, name);
  }

  toString = () => JSON.stringify(this.creation);
}

export async function tryAction(action: Action, attempt: Attempt, real: LivesReal): Promise<void> {
  real.tally.command(action.name);
  await action.run(real, attempt);
  await expectAsModelled(real, attempt.lives, action.name);
}

export interface ActionPlan {
  /** Chooses among the cards that it can be tried on. */
  readonly which: number;
  /** Whether to prefer cards on which it is allowed. */
  readonly allowed: boolean;
  /** Decides everything else about it that is free. */
  readonly n: number;
}

export class ActionCommand implements LivesCommand {
  constructor(
    private readonly action: Action,
    private readonly plan: ActionPlan,
  ) {}

  check = (lives: Readonly<Lives>) => this.candidates(lives).length > 0;

  async run(lives: Lives, real: LivesReal) {
    const possible = this.candidates(lives);
    const allowed = possible.filter((attempt) => this.action.answer(attempt) === 'ok');
    const candidates = this.plan.allowed && allowed.length > 0 ? allowed : possible;
    const attempt = candidates[this.plan.which % candidates.length];
    if (!attempt) return;
    await tryAction(this.action, attempt, real);
  }

  toString = () => `${this.action.name} ${JSON.stringify(this.plan)}`;

  private candidates(lives: Readonly<Lives>): Attempt[] {
    const attempts = lives.cards.map((life) => ({ lives, life, n: this.plan.n }));
    return attempts.filter(this.action.possible);
  }
}

export class ClockCommand implements LivesCommand {
  constructor(private readonly step: Step) {}

  check = () => true;

  async run(lives: Lives, real: LivesReal) {
    real.tally.command(`clock: ${this.step}`);
    const ms = stepMs(lives, this.step);
    real.world.advance(ms);
    lives.nowMs += ms;
    await expectAsModelled(real, lives, 'last day passes');
  }

  toString = () => `clock ${this.step}`;
}

export class JobCommand implements LivesCommand {
  constructor(private readonly job: JobName) {}

  check = () => true;

  async run(lives: Lives, real: LivesReal) {
    real.tally.command(this.job);
    await JOBS[this.job].run(real);
    for (const life of lives.cards) JOBS[this.job].change(life, lives);
    await expectAsModelled(real, lives, this.job);
  }

  toString = () => `job ${this.job}`;
}

/** Commands that are run one right after the other. */
export class SequenceCommand implements LivesCommand {
  constructor(private readonly parts: readonly LivesCommand[]) {}

  check = () => true;

  async run(lives: Lives, real: LivesReal) {
    for (const part of this.parts) if (await part.check(lives)) await part.run(lives, real);
  }

  toString = () => this.parts.map(String).join(', ');
}
