import type { Answer, ReferenceLedger, ReferenceUnit } from './reference';

/**
 * The ledger after units that were sent at once, in an order in which each gets exactly the answer it got; `null` when
 * there is no such order: then something happened that no queue of requests could have done.
 */
export function explain(
  before: ReferenceLedger,
  sent: readonly { readonly unit: ReferenceUnit; readonly answer: Answer }[],
): ReferenceLedger | null {
  if (sent.length === 0) return before;
  for (const [place, { unit, answer }] of sent.entries()) {
    const after = before.copy();
    if (after.commit(unit) !== answer) continue;
    const rest = sent.filter((_, other) => other !== place);
    const end = explain(after, rest);
    if (end) return end;
    // Whoever changed nothing may as well go first: no other order can do better without it.
    if (answer !== 'posted') return null;
  }
  return null;
}
