import { failureOf } from './failure';
import type { SqlValue } from './protocol';
import type { Statements } from './statements';

/**
 * Carries out the steps of a unit (see `unit-steps.ts`) in the open transaction. False when one of them did not find its
 * row or broke a constraint: the caller then takes back what the others did.
 */
export function acceptUnit(statements: Statements, steps: readonly SqlValue[]): boolean {
  try {
    for (let place = 0; place < steps.length; ) {
      const count = Number(steps[place + 1]);
      const { statement } = statements.get(String(steps[place]));
      const values = steps.slice(place + 2, place + 2 + count);
      const found = statement.reader
        ? statement.get(...values) !== undefined
        : statement.run(...values).changes === 1;
      if (!found) return false;
      place += 2 + count;
    }
    return true;
  } catch (error) {
    if (failureOf(error).code.startsWith('SQLITE_CONSTRAINT')) return false;
    throw error;
  }
}
