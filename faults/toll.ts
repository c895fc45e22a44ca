/** What was broken so far, by what it was; and the named steps at which servers died. */
export interface Toll {
  readonly kills: Map<string, number>;
  readonly steps: Map<string, number>;
}

export function openToll(): Toll {
  return { kills: new Map(), steps: new Map() };
}

export function count(counts: Map<string, number>, name: string, more = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + more);
}

export function totalOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, each) => sum + each, 0);
}
