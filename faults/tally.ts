/** How often each kind of thing was broken so far (`kills`), and how often a server died at each named step (`steps`). */
export interface Tally {
  readonly kills: Map<string, number>;
  readonly steps: Map<string, number>;
}

export function openTally(): Tally {
  return { kills: new Map(), steps: new Map() };
}

export function count(counts: Map<string, number>, name: string, more = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + more);
}

export function totalOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, each) => sum + each, 0);
}
