import type { Result } from '@/lib/kernel';
import {
  chooseSome,
  chooseWhole,
  type ReturnableLine,
  type ReturnChoice,
  type ReturnRefusal,
} from '@/lib/shop';

/** What the fields of a refund ask for; null while nothing was asked. */
export function readReturns(
  lines: readonly ReturnableLine[],
  fields: ReadonlyMap<string, string>,
): Result<ReturnChoice, ReturnRefusal> | null {
  switch (fields.get('from')) {
    case 'whole':
      return chooseWhole(lines);
    case 'some':
      return chooseSome(lines, (name) => fields.get(name) ?? '');
    default:
      return null;
  }
}
