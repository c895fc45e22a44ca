import type { Answer, ReferenceLedger, ReferenceUnit } from './reference';

/**
 * Looks for an order of concurrently sent units in which each gets exactly the answer it got, and returns the ledger after
 * it. `null`: there is no such order, so what happened was not serializable.
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
    // A unit that changed nothing can always go first, so no other order needs to be tried.
    if (answer !== 'posted') return null;
  }
  return null;
}
