import { invariant } from '@/lib/kernel';

export interface FlowProblem {
  /** What each source can give, in the order of priority. */
  readonly supplies: readonly bigint[];
  /** What each sink takes at most. */
  readonly demands: readonly bigint[];
  /** For each source the sinks that it may pay, in the order in which they are to be filled. */
  readonly sinksOf: readonly (readonly number[])[];
}

/** `flow.get(source)?.get(sink)`: every amount above zero. */
export type Flow = readonly ReadonlyMap<number, bigint>[];

/**
 * Who pays what: a flow that is as large as possible and, among those, takes the most possible from the first
 * source, then the most possible from the second, and so on.
 *
 * The sources join one after the other. Each gives what it can along augmenting paths: to a sink with room, or to a
 * full sink of which an earlier source takes its part elsewhere. This is optimal for both aims at once:
 * let f(S) be the largest flow out of the sources S alone. f is monotone and submodular (max flow = min cut), so the
 * amounts that the sources can give together are the points x >= 0 with x(S) <= f(S) for every S: a polymatroid.
 * In a polymatroid, raising the coordinates one by one, each as far as it goes, gives x_i = f(1..i) - f(1..i-1).
 * No feasible point is lexicographically larger, and the sum is f(all), the largest flow. Augmenting reaches
 * exactly that point: a path from source i leaves what every earlier source gives unchanged, and an earlier source
 * for which no path was left never gets one again, because what it reached is full and nothing new enters it.
 */
export function fillInOrder(problem: FlowProblem): Flow {
  const network = new Network(problem);
  problem.supplies.forEach((supply, source) => {
    let left = supply;
    while (left > 0n) {
      const path = network.pathFrom(source);
      if (path === null) return;
      left -= network.push(path, left);
    }
  });
  return network.flow;
}

/** From the first source to the sink with room: each step is a source and the sink it pays more of. */
type Path = readonly Step[];

interface Step {
  readonly source: number;
  readonly sink: number;
}

class Network {
  readonly flow: Map<number, bigint>[];
  /** The sources that pay a sink. */
  private readonly payersOf: Set<number>[];
  private readonly room: bigint[];
  /** Sinks from which no room is reachable, now or later: never searched again. */
  private readonly closed: boolean[];

  constructor(private readonly problem: FlowProblem) {
    this.flow = problem.supplies.map(() => new Map());
    this.payersOf = problem.demands.map(() => new Set());
    this.room = [...problem.demands];
    this.closed = problem.demands.map(() => false);
  }

  /** The shortest path to a sink with room; the earliest such sink first. `null`: there is none, and never will be. */
  pathFrom(start: number): Path | null {
    const searched = new Set<number>();
    /** How an earlier source came to be asked: the step that takes its place at a sink it pays. */
    const askedBy = new Map<number, Step>();
    const queue = [start];
    for (const source of queue) {
      const sinks = this.problem.sinksOf[source] ?? [];
      const open = sinks.find((sink) => this.roomOf(sink) > 0n);
      if (open !== undefined) return pathTo({ source, sink: open }, askedBy);
      for (const sink of sinks) {
        if (this.closed[sink] || searched.has(sink)) continue;
        searched.add(sink);
        for (const payer of this.payersOf[sink] ?? []) {
          if (payer === start || askedBy.has(payer)) continue;
          askedBy.set(payer, { source, sink });
          queue.push(payer);
        }
      }
    }
    for (const sink of searched) this.closed[sink] = true;
    return null;
  }

  /** Sends as much as `path` takes, at most `limit`, and returns how much that was. */
  push(path: Path, limit: bigint): bigint {
    const last = path.at(-1);
    invariant(last, 'a path has a step');
    let amount = min(limit, this.roomOf(last.sink));
    // Every source but the first moves from the sink of the step before it to its own.
    path.slice(1).forEach((step, index) => {
      amount = min(amount, this.paid(step.source, sinkAt(path, index)));
    });
    path.forEach((step, index) => {
      this.add(step.source, step.sink, amount);
      if (index > 0) this.add(step.source, sinkAt(path, index - 1), -amount);
    });
    this.room[last.sink] = this.roomOf(last.sink) - amount;
    return amount;
  }

  private add(source: number, sink: number, amount: bigint) {
    const paid = this.paid(source, sink) + amount;
    if (paid === 0n) {
      this.flow[source]?.delete(sink);
      this.payersOf[sink]?.delete(source);
    } else {
      this.flow[source]?.set(sink, paid);
      this.payersOf[sink]?.add(source);
    }
  }

  private paid(source: number, sink: number): bigint {
    return this.flow[source]?.get(sink) ?? 0n;
  }

  private roomOf(sink: number): bigint {
    return this.room[sink] ?? 0n;
  }
}

function pathTo(last: Step, askedBy: ReadonlyMap<number, Step>): Path {
  const path = [last];
  for (let step = askedBy.get(last.source); step; step = askedBy.get(step.source)) path.unshift(step);
  return path;
}

function sinkAt(path: Path, index: number): number {
  const step = path[index];
  invariant(step, 'the step exists');
  return step.sink;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
