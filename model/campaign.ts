import fc from 'fast-check';
import type { TestDatabase } from '@/lib/database/testing';

/** What commands are run against. Several runs share its database; each begins with accounts of its own. */
export interface Harness<Model extends object, Real> {
  /** Starts a run. `turns` decides the order of concurrent requests. */
  begin(turns: fc.Scheduler): Promise<{ model: Model; real: Real }>;
  /** After the commands of a run: lets everything finish and checks the whole database. Throws at a difference. */
  finish(state: { model: Model; real: Real }): Promise<void>;
  close(): Promise<void>;
}

export interface Campaign<Model extends object, Real> {
  readonly name: string;
  readonly commands: readonly fc.Arbitrary<fc.AsyncCommand<Model, Real>>[];
  readonly maxCommands: number;
  open(test: TestDatabase, tally: Tally): Promise<Harness<Model, Real>>;
}

/** How often each command and each answer was seen. */
export class Tally {
  commands = 0;
  readonly seen = new Map<string, number>();

  /** Counts a command; `requests` is the number of requests that it sends. */
  command(name: string, requests = 1): void {
    this.commands += requests;
    this.see(name);
  }

  see(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }
}

export interface Failure {
  /** Runs the same commands again as `--seed`; belongs into seeds.json. */
  readonly seed: number;
  readonly message: string;
}

export interface Outcome {
  readonly runs: number;
  readonly failures: readonly Failure[];
  readonly tally: Tally;
}

/** After this many commands the next run gets a new database, so that the audits stay quick. */
const COMMANDS_PER_DATABASE = 3_000;

/**
 * Runs random commands against the model and the product, one seed after another, until `commands` were run or a seed
 * failed; `seeds` come first. The message of a failure shows the shortest list of commands that was found to fail.
 */
export async function runCampaign<Model extends object, Real>(
  campaign: Campaign<Model, Real>,
  options: {
    openDatabase: () => Promise<TestDatabase>;
    seed: number;
    commands: number;
    seeds?: readonly number[];
    shrinkMs?: number;
    /** Asked before each run; `true` ends the campaign early. */
    enough?: () => boolean;
  },
): Promise<Outcome> {
  const tally = new Tally();
  const harnesses = new Harnesses(campaign, options.openDatabase, tally);
  const failures: Failure[] = [];
  const kept = [...(options.seeds ?? [])];
  let runs = 0;
  try {
    const isEnough = () => tally.commands >= options.commands || (options.enough?.() ?? false);
    while ((kept.length > 0 || !isEnough()) && failures.length === 0) {
      const seed = kept.shift() ?? options.seed + runs;
      runs += 1;
      const details = await fc.check(property(campaign, harnesses), {
        seed,
        numRuns: 1,
        interruptAfterTimeLimit: options.shrinkMs ?? 60_000,
        markInterruptAsFailure: true,
      });
      if (details.failed) failures.push({ seed, message: messageOf(details) });
    }
  } finally {
    await harnesses.close();
  }
  return { runs, failures, tally };
}

function property<Model extends object, Real>(
  campaign: Campaign<Model, Real>,
  harnesses: Harnesses<Model, Real>,
) {
  const commands = fc.commands([...campaign.commands], { maxCommands: campaign.maxCommands, size: 'max' });
  return fc.asyncProperty(commands, fc.scheduler(), async (list, turns) => {
    const harness = await harnesses.current();
    try {
      const state = await harness.begin(turns);
      await fc.asyncModelRun(() => state, list);
      await harness.finish(state);
    } catch (error) {
      await harnesses.discard();
      throw error;
    }
  });
}

function messageOf<Ts>(details: fc.RunDetails<Ts>): string {
  const parts = [fc.stringify(details.counterexample ?? 'interrupted')];
  for (let error = details.errorInstance; error instanceof Error; error = error.cause) {
    parts.push(error.stack ?? error.message);
  }
  return parts.join('\n');
}

/** One harness at a time. A failure may leave anything behind, so the next run gets a new one. */
class Harnesses<Model extends object, Real> {
  private open: { harness: Harness<Model, Real>; until: number } | null = null;

  constructor(
    private readonly campaign: Campaign<Model, Real>,
    private readonly openDatabase: () => Promise<TestDatabase>,
    private readonly tally: Tally,
  ) {}

  async current(): Promise<Harness<Model, Real>> {
    if (this.open && this.tally.commands >= this.open.until) await this.discard();
    if (!this.open) {
      const harness = await this.campaign.open(await this.openDatabase(), this.tally);
      this.open = { harness, until: this.tally.commands + COMMANDS_PER_DATABASE };
    }
    return this.open.harness;
  }

  async discard(): Promise<void> {
    const { open } = this;
    this.open = null;
    await open?.harness.close();
  }

  close(): Promise<void> {
    return this.discard();
  }
}
