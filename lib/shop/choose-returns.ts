import { ok, parseMoney, type Result, refuse } from '@/lib/kernel';
import { type OrderLine, returnableUntil } from './model';

/** A line of a paid order, and how much of what was paid for it has not gone back yet (minor units). */
export interface ReturnableLine {
  readonly line: OrderLine;
  readonly leftMinor: bigint;
  /** Until when; null = the shopper cannot return it. */
  readonly until: Date | null;
  readonly open: boolean;
}

/** What goes back, by line. */
export type ReturnChoice = readonly { readonly lineId: string; readonly amountMinor: bigint }[];

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

/** What `pieces` of a line come to; never more than is left of it. */
export function piecesMinor({ line, leftMinor }: ReturnableLine, pieces: number): bigint {
  const amountMinor = line.unitMinor * BigInt(pieces);
  return amountMinor < leftMinor ? amountMinor : leftMinor;
}

/** How many pieces can be chosen of a line. */
export function piecesOf({ line, leftMinor }: ReturnableLine): number {
  return Number((leftMinor + line.unitMinor - 1n) / line.unitMinor);
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
