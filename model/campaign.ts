import fc from 'fast-check';
import type { TestDatabase } from '@/lib/database/testing';

/** Something that commands are run against, on a database that several runs share: each begins with accounts of its own. */
export interface Bench<Model extends object, Real> {
  begin(turns: fc.Scheduler): Promise<{ model: Model; real: Real }>;
  /** After the commands of one run: lets everything come to its end and checks the whole database. Throws. */
  finish(state: { model: Model; real: Real }): Promise<void>;
  close(): Promise<void>;
}

export interface Campaign<Model extends object, Real> {
  readonly name: string;
  readonly commands: readonly fc.Arbitrary<fc.AsyncCommand<Model, Real>>[];
  readonly maxCommands: number;
  open(test: TestDatabase, tally: Tally): Promise<Bench<Model, Real>>;
}

/** How often each command and each answer was seen. */
export class Tally {
  commands = 0;
  readonly seen = new Map<string, number>();

  /** A command that stands for several requests counts as many. */
  command(name: string, requests = 1): void {
    this.commands += requests;
    this.see(name);
  }

  see(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }
}

export interface Failure {
  /** Give it as `--seed`, or keep it in seeds.json. */
  readonly seed: number;
  readonly message: string;
}

export interface Outcome {
  readonly runs: number;
  readonly failures: readonly Failure[];
  readonly tally: Tally;
}

/** After this many commands a run begins on a new database, so that the audits stay quick. */
const COMMANDS_PER_DATABASE = 3_000;

/**
 * Runs random commands against the model and the real thing, one seed after another, until `commands` were run or a
 * seed failed; `seeds` come first. What a failure says has been shrunk to the fewest commands that still fail.
 */
export async function runCampaign<Model extends object, Real>(
  campaign: Campaign<Model, Real>,
  options: {
    openDatabase: () => Promise<TestDatabase>;
    seed: number;
    commands: number;
    seeds?: readonly number[];
    shrinkMs?: number;
    /** Ends it before all commands were run: asked before each run. */
    enough?: () => boolean;
  },
): Promise<Outcome> {
  const tally = new Tally();
  const benches = new Benches(campaign, options.openDatabase, tally);
  const failures: Failure[] = [];
  const kept = [...(options.seeds ?? [])];
  let runs = 0;
  try {
    const isEnough = () => tally.commands >= options.commands || (options.enough?.() ?? false);
    while ((kept.length > 0 || !isEnough()) && failures.length === 0) {
      const seed = kept.shift() ?? options.seed + runs;
      runs += 1;
      const details = await fc.check(property(campaign, benches), {
        seed,
        numRuns: 1,
        interruptAfterTimeLimit: options.shrinkMs ?? 60_000,
        markInterruptAsFailure: true,
      });
      if (details.failed) failures.push({ seed, message: messageOf(details) });
    }
  } finally {
    await benches.close();
  }
  return { runs, failures, tally };
}

function property<Model extends object, Real>(
  campaign: Campaign<Model, Real>,
  benches: Benches<Model, Real>,
) {
  const commands = fc.commands([...campaign.commands], { maxCommands: campaign.maxCommands, size: 'max' });
  return fc.asyncProperty(commands, fc.scheduler(), async (list, turns) => {
    const bench = await benches.current();
    try {
      const state = await bench.begin(turns);
      await fc.asyncModelRun(() => state, list);
      await bench.finish(state);
    } catch (error) {
      await benches.discard();
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

/** One bench at a time; after a failure, which may have left anything behind, the next run gets a new one. */
class Benches<Model extends object, Real> {
  private open: { bench: Bench<Model, Real>; until: number } | null = null;

  constructor(
    private readonly campaign: Campaign<Model, Real>,
    private readonly openDatabase: () => Promise<TestDatabase>,
    private readonly tally: Tally,
  ) {}

  async current(): Promise<Bench<Model, Real>> {
    if (this.open && this.tally.commands >= this.open.until) await this.discard();
    if (!this.open) {
      const bench = await this.campaign.open(await this.openDatabase(), this.tally);
      this.open = { bench, until: this.tally.commands + COMMANDS_PER_DATABASE };
    }
    return this.open.bench;
  }

  async discard(): Promise<void> {
    const { open } = this;
    this.open = null;
    await open?.bench.close();
  }

  close(): Promise<void> {
    return this.discard();
  }
}
