import type { Flow } from './quote-flow';

/**
 * The same flow in fewer parts: what each source gives and what each sink gets stays, and nothing goes where nothing
 * went before. What is left has no cycle, so there are always fewer parts than sources and sinks that take part.
 * Around a cycle (cards A and B both pay lines 1 and 2) an amount can be taken off every second part and put on
 * the others; taking the smallest amount of the cycle makes that part disappear.
 */
export function untangle(flow: Flow): Flow {
  const forest = new Forest();
  flow.forEach((row, source) => {
    for (const [sink, amount] of row) {
      const part = { source, sink, amount };
      const detour = forest.pathFrom(sink, source);
      forest.add(part);
      if (detour !== null) cancel(forest, [part, ...detour]);
    }
  });
  return flow.map((_, source) => forest.partsOf(source));
}

interface Part {
  readonly source: number;
  readonly sink: number;
  amount: bigint;
}

/** Takes the smallest amount of `cycle`, whose neighbours share a source and a sink by turns, out of it. */
function cancel(forest: Forest, cycle: readonly Part[]) {
  const smallest = cycle.reduce((least, part) => (part.amount < least.amount ? part : least));
  const { amount } = smallest;
  const shrinking = cycle.indexOf(smallest) % 2;
  cycle.forEach((part, index) => {
    part.amount += index % 2 === shrinking ? -amount : amount;
    if (part.amount === 0n) forest.remove(part);
  });
}

/** Parts as the edges between sources and sinks. */
class Forest {
  private readonly bySource = new Map<number, Map<number, Part>>();
  private readonly bySink = new Map<number, Map<number, Part>>();

  add(part: Part) {
    edgesAt(this.bySource, part.source).set(part.sink, part);
    edgesAt(this.bySink, part.sink).set(part.source, part);
  }

  remove(part: Part) {
    edgesAt(this.bySource, part.source).delete(part.sink);
    edgesAt(this.bySink, part.sink).delete(part.source);
  }

  partsOf(source: number): ReadonlyMap<number, bigint> {
    const parts = [...edgesAt(this.bySource, source).values()];
    return new Map(parts.map((part) => [part.sink, part.amount]));
  }

  /** The parts that lead from `sink` to `source`; `null` when nothing joins them. */
  pathFrom(sink: number, source: number, cameFrom?: number): readonly Part[] | null {
    for (const [payer, last] of edgesAt(this.bySink, sink)) {
      if (payer === source) return [last];
      if (payer === cameFrom) continue;
      for (const [next, step] of edgesAt(this.bySource, payer)) {
        const rest = next === sink ? null : this.pathFrom(next, source, payer);
        if (rest !== null) return [last, step, ...rest];
      }
    }
    return null;
  }
}

function edgesAt(index: Map<number, Map<number, Part>>, node: number): Map<number, Part> {
  const edges = index.get(node) ?? new Map<number, Part>();
  index.set(node, edges);
  return edges;
}
