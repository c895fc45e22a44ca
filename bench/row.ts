/** One benchmark by name: what is measured, against what, and what it must (`floor`) and should (`aim`) reach. */
export interface Bench {
  readonly name: string;
  readonly engine: 'sqlite' | 'postgres';
  readonly floor: number;
  readonly aim: number;
  /** Where less is better, `floor` and `aim` are upper bounds. */
  readonly atMost?: true;
  /** null: an option that it needs was not given. */
  measure(plan: Plan): Promise<Measured | null>;
}

export interface Plan {
  readonly seconds: number;
  readonly rounds: number;
  /** Transfers in the big ledger of `growth`. */
  readonly size: number;
  /** The SQL of pgledger, which is not part of this repository. */
  readonly pgledger: string | null;
}

/** Rates are per second; the ratio is ours over the reference, per round: median, least and greatest. */
export interface Measured {
  readonly ratio: number;
  readonly min: number;
  readonly max: number;
  readonly rate: number;
  readonly referenceRate: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly reference: string;
}

export interface Round {
  readonly rate: number;
  readonly latenciesMs: readonly number[];
}

/** Runs `work` with `callers` callers for `seconds`; each gets the next number and waits for its own answer. */
export async function during(
  options: { callers: number; seconds: number },
  work: (turn: number) => Promise<unknown>,
): Promise<Round> {
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + options.seconds * 1_000;
  let turn = 0;
  const caller = async () => {
    while (performance.now() < endsAt) {
      const begunAt = performance.now();
      turn += 1;
      await work(turn);
      latenciesMs.push(performance.now() - begunAt);
    }
  };
  await Promise.all(Array.from({ length: options.callers }, caller));
  return { rate: latenciesMs.length / ((performance.now() - startedAt) / 1_000), latenciesMs };
}

/**
 * Each round runs ours and the reference one after the other, in turn first and second, so that a machine that slows
 * down slows both. The first round warms both up and does not count.
 */
export async function interleave(
  plan: Plan,
  sides: { ours: () => Promise<Round>; reference: () => Promise<number>; name: string },
): Promise<Measured> {
  const measured: { ours: Round; referenceRate: number }[] = [];
  for (let round = 0; round <= plan.rounds; round += 1) {
    const first = round % 2 === 1 ? await sides.reference() : null;
    const ours = await sides.ours();
    const referenceRate = first ?? (await sides.reference());
    if (round > 0) measured.push({ ours, referenceRate });
  }
  return summarise(sides.name, measured);
}

function summarise(reference: string, rounds: readonly { ours: Round; referenceRate: number }[]): Measured {
  const ratios = sorted(rounds.map(({ ours, referenceRate }) => ours.rate / referenceRate));
  const latencies = sorted(rounds.flatMap(({ ours }) => ours.latenciesMs));
  return {
    ratio: quantile(ratios, 0.5),
    min: quantile(ratios, 0),
    max: quantile(ratios, 1),
    rate: quantile(sorted(rounds.map(({ ours }) => ours.rate)), 0.5),
    referenceRate: quantile(sorted(rounds.map((round) => round.referenceRate)), 0.5),
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    reference,
  };
}

export function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

export function quantile(ascending: readonly number[], q: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(q * ascending.length))] ?? Number.NaN;
}
