/** One measured line. Rates are per second; the ratio is ours over the reference, per round. */
export interface BenchRow {
  readonly name: string;
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

export interface Plan {
  readonly seconds: number;
  readonly rounds: number;
}

/** Runs `work` with `callers` callers for `seconds`; each gets the next number and waits for its own answer. */
export async function during(
  options: { callers: number; seconds: number },
  work: (turn: number) => Promise<void>,
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

export function summarise(
  name: string,
  reference: string,
  rounds: readonly { ours: Round; referenceRate: number }[],
): BenchRow {
  const ratios = rounds.map(({ ours, referenceRate }) => ours.rate / referenceRate).sort((a, b) => a - b);
  const latencies = rounds.flatMap(({ ours }) => ours.latenciesMs).sort((a, b) => a - b);
  return {
    name,
    reference,
    ratio: quantile(ratios, 0.5),
    min: quantile(ratios, 0),
    max: quantile(ratios, 1),
    rate: quantile(
      rounds.map(({ ours }) => ours.rate).sort((a, b) => a - b),
      0.5,
    ),
    referenceRate: quantile(
      rounds.map((round) => round.referenceRate).sort((a, b) => a - b),
      0.5,
    ),
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
