import type fc from 'fast-check';
import { issueOne, sell } from './births';
import type { Attempt, Deed, LivesReal } from './deed';
import type { Life, Lives } from './life';
import { JOBS, type JobName, type Step, stepMs } from './time';
import { watch } from './watch';

export type LivesCommand = fc.AsyncCommand<Lives, LivesReal>;

export type Birth =
  | { readonly issue: Life['programme'] }
  | { readonly sell: 'self' | 'gift' | 'ship'; readonly quantity: 1 | 2 };

/** So many cards are enough for every way in which they can meet, and few enough to be met often. */
const MOST_CARDS = 8;

export class BirthCommand implements LivesCommand {
  constructor(private readonly birth: Birth) {}

  /** For a random life; one that is told may have more. */
  check = (lives: Readonly<Lives>) => lives.cards.length < MOST_CARDS;

  async run(lives: Lives, real: LivesReal) {
    const { birth } = this;
    const name = 'issue' in birth ? 'issue' : 'sell';
    real.tally.command(name);
    if ('issue' in birth) await issueOne(real, lives, birth.issue);
    else await sell(real, lives, { purpose: birth.sell, quantity: birth.quantity });
    await watch(real, lives, name);
  }

  toString = () => JSON.stringify(this.birth);
}

export async function tryDeed(deed: Deed, attempt: Attempt, real: LivesReal): Promise<void> {
  real.tally.command(deed.name);
  await deed.run(real, attempt);
  await watch(real, attempt.lives, deed.name);
}

export interface DeedPlan {
  /** Which of the cards that it can be tried on. */
  readonly which: number;
  /** Whether it is tried where it is allowed, if there is such a card. */
  readonly allowed: boolean;
  readonly n: number;
}

export class DeedCommand implements LivesCommand {
  constructor(
    private readonly deed: Deed,
    private readonly plan: DeedPlan,
  ) {}

  check = (lives: Readonly<Lives>) => this.candidates(lives).length > 0;

  async run(lives: Lives, real: LivesReal) {
    const possible = this.candidates(lives);
    const allowed = possible.filter((attempt) => this.deed.answer(attempt) === 'ok');
    const candidates = this.plan.allowed && allowed.length > 0 ? allowed : possible;
    const attempt = candidates[this.plan.which % candidates.length];
    if (!attempt) return;
    await tryDeed(this.deed, attempt, real);
  }

  toString = () => `${this.deed.name} ${JSON.stringify(this.plan)}`;

  private candidates(lives: Readonly<Lives>): Attempt[] {
    const attempts = lives.cards.map((life) => ({ lives, life, n: this.plan.n }));
    return attempts.filter(this.deed.possible);
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
    await watch(real, lives, 'last day passes');
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
    await watch(real, lives, this.job);
  }

  toString = () => `job ${this.job}`;
}

/** Commands that mean more right after each other than with anything in between. */
export class MeetingCommand implements LivesCommand {
  constructor(private readonly parts: readonly LivesCommand[]) {}

  check = () => true;

  async run(lives: Lives, real: LivesReal) {
    for (const part of this.parts) if (await part.check(lives)) await part.run(lives, real);
  }

  toString = () => this.parts.map(String).join(', ');
}
