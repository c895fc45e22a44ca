import { ok, parseMoney, type Result, refuse } from '@/lib/kernel';
import {
  type OrderLine,
  piecesMinor,
  type ReturnableLine,
  type ReturnChoice,
  returnableUntil,
} from './model';

export type ReturnRefusal =
  | { readonly code: 'nothing_chosen' }
  | { readonly code: 'amount_invalid'; readonly lineId: string }
  | { readonly code: 'above_refundable'; readonly lineId: string; readonly leftMinor: bigint }
  | { readonly code: 'not_returnable'; readonly lineId: string };

/** Which lines of an order a shopper may return now, and how much. `leftMinor` by line id. */
export function returnableLines(
  order: { readonly lines: readonly OrderLine[]; readonly paidAt: Date | null },
  left: ReadonlyMap<string, bigint>,
  now: Date,
): readonly ReturnableLine[] {
  return order.lines.map((line) => {
    const leftMinor = left.get(line.id) ?? 0n;
    const until = order.paidAt && returnableUntil(line.kind, order.paidAt);
    return { line, leftMinor, until, open: leftMinor > 0n && until !== null && now < until };
  });
}

/** Everything that can be returned. */
export function chooseWhole(lines: readonly ReturnableLine[]): Result<ReturnChoice, ReturnRefusal> {
  const open = lines.filter((each) => each.open);
  if (open.length === 0) return refuse({ code: 'nothing_chosen' });
  return ok(open.map(({ line, leftMinor }) => ({ lineId: line.id, amountMinor: leftMinor })));
}

/**
 * Reads the fields `pieces.<line>` and `amount.<line>`; an amount counts before the pieces. Refuses the first line
 * that cannot be met as asked, and a choice of nothing.
 */
export function chooseSome(
  lines: readonly ReturnableLine[],
  fieldOf: (name: string) => string,
): Result<ReturnChoice, ReturnRefusal> {
  const chosen: { lineId: string; amountMinor: bigint }[] = [];
  for (const each of lines) {
    const lineId = each.line.id;
    const amountMinor = askedMinor(each, {
      amount: fieldOf(`amount.${lineId}`).trim(),
      pieces: fieldOf(`pieces.${lineId}`),
    });
    if (amountMinor === null) return refuse({ code: 'amount_invalid', lineId });
    if (amountMinor === 0n) continue;
    if (!each.open) return refuse({ code: 'not_returnable', lineId });
    if (amountMinor > each.leftMinor) {
      return refuse({ code: 'above_refundable', lineId, leftMinor: each.leftMinor });
    }
    chosen.push({ lineId, amountMinor });
  }
  return chosen.length > 0 ? ok(chosen) : refuse({ code: 'nothing_chosen' });
}

function askedMinor(each: ReturnableLine, asked: { amount: string; pieces: string }): bigint | null {
  if (asked.amount !== '') return parseMoney(asked.amount);
  const pieces = /^\d{1,2}$/.test(asked.pieces) ? Number(asked.pieces) : 0;
  return piecesMinor(each, pieces);
}
