import { allocate, invariant, ok, type Result, refuse } from '@/lib/kernel';

export const REFUND_POLICIES = ['CARD_FIRST', 'EXTERNAL_FIRST', 'PRO_RATA'] as const;
/** Which tender gets money back first when only a part of a line is refunded. */
export type RefundPolicy = (typeof REFUND_POLICIES)[number];
export const DEFAULT_REFUND_POLICY: RefundPolicy = 'CARD_FIRST';

export interface RefundRequest {
  /** In the order in which they paid. */
  readonly tenders: readonly RefundableTender[];
  readonly lines: readonly RequestedLine[];
  /** Default: `CARD_FIRST`. */
  readonly policy?: RefundPolicy | undefined;
}

export interface RefundableTender {
  readonly id: string;
  readonly kind: 'card' | 'external';
  readonly lines: readonly CapturedLine[];
}

/** What a tender paid of a line and what of that went back already. Minor units. */
export interface CapturedLine {
  readonly lineId: string;
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
}

export interface RequestedLine {
  readonly lineId: string;
  readonly amountMinor: bigint;
}

export interface RefundAllocation {
  readonly tenderId: string;
  readonly lineId: string;
  readonly amountMinor: bigint;
}

export type RefundAllocationRefusal =
  | { readonly code: 'nothing_requested' }
  | { readonly code: 'line_requested_twice'; readonly lineId: string }
  | { readonly code: 'amount_not_positive'; readonly lineId: string; readonly amountMinor: bigint }
  | { readonly code: 'line_not_paid'; readonly lineId: string }
  | {
      readonly code: 'above_refundable';
      readonly lineId: string;
      readonly amountMinor: bigint;
      readonly refundableMinor: bigint;
    };

/**
 * To which tenders a refund goes back, by requested line and then by tender; amounts above zero only. Money returns
 * only to a tender that paid for the line, and never more of it than the tender paid and has not got back.
 *
 * `CARD_FIRST` fills the cards and then the other method, `EXTERNAL_FIRST` the other way round. Of several cards the
 * one that paid last comes first: cards pay soonest expiry first, so value returns to the card that lasts longest.
 * `PRO_RATA` follows what each tender paid of the line; over any number of partial refunds each ends on exactly
 * what it paid.
 *
 * Refuses the whole request if any of its lines cannot be refunded. Throws for tenders that contradict themselves.
 */
export function allocateRefund(
  request: RefundRequest,
): Result<readonly RefundAllocation[], RefundAllocationRefusal> {
  checkTenders(request.tenders);
  const refusal = requestRefusal(request);
  if (refusal !== null) return refuse(refusal);
  const policy = request.policy ?? DEFAULT_REFUND_POLICY;
  return ok(
    request.lines.flatMap((line) => {
      const parts = partsOf(request.tenders, line.lineId);
      const amounts =
        policy === 'PRO_RATA' ? proRata(parts, line.amountMinor) : inTurn(parts, { line, policy });
      return parts.flatMap(({ tenderId }) => {
        const amountMinor = amounts.get(tenderId) ?? 0n;
        return amountMinor > 0n ? [{ tenderId, lineId: line.lineId, amountMinor }] : [];
      });
    }),
  );
}

/** What one tender paid of one line. */
interface Part extends CapturedLine {
  readonly tenderId: string;
  readonly kind: RefundableTender['kind'];
}

function requestRefusal({ tenders, lines }: RefundRequest): RefundAllocationRefusal | null {
  if (lines.length === 0) return { code: 'nothing_requested' };
  const seen = new Set<string>();
  for (const { lineId, amountMinor } of lines) {
    if (seen.has(lineId)) return { code: 'line_requested_twice', lineId };
    seen.add(lineId);
    if (amountMinor <= 0n) return { code: 'amount_not_positive', lineId, amountMinor };
    const parts = partsOf(tenders, lineId);
    if (parts.length === 0) return { code: 'line_not_paid', lineId };
    const refundableMinor = sum(parts.map(refundable));
    if (amountMinor > refundableMinor) {
      return { code: 'above_refundable', lineId, amountMinor, refundableMinor };
    }
  }
  return null;
}

function partsOf(tenders: readonly RefundableTender[], lineId: string): readonly Part[] {
  return tenders.flatMap(({ id, kind, lines }) =>
    lines.filter((line) => line.lineId === lineId).map((line) => ({ ...line, tenderId: id, kind })),
  );
}

function inTurn(
  parts: readonly Part[],
  request: { readonly line: RequestedLine; readonly policy: 'CARD_FIRST' | 'EXTERNAL_FIRST' },
): ReadonlyMap<string, bigint> {
  const lastFirst = [...parts].reverse();
  const cards = lastFirst.filter((part) => part.kind === 'card');
  const external = lastFirst.filter((part) => part.kind === 'external');
  const amounts = new Map<string, bigint>();
  let left = request.line.amountMinor;
  for (const part of request.policy === 'CARD_FIRST' ? [...cards, ...external] : [...external, ...cards]) {
    const amountMinor = min(left, refundable(part));
    amounts.set(part.tenderId, amountMinor);
    left -= amountMinor;
  }
  return amounts;
}

/**
 * Weights are what each tender lacks to its share of everything refunded so far and now, not of this refund alone:
 * shares of each refund by itself would let a long row of one-fen refunds all go to the largest tender. A tender that
 * is ahead of its share (by rounding, or by refunds under another policy) gets nothing until the others caught up.
 *
 * No part exceeds what is refundable: with T captured in all and R refunded after this, a weight is
 * captured·R − refunded·T <= (captured − refunded)·T, the weights add up to at least amount·T, so the part before
 * rounding is at most captured − refunded, a whole number, and rounding up does not pass it. When R = T every
 * weight is (captured − refunded)·T, so every part is exactly what was left.
 */
function proRata(parts: readonly Part[], amountMinor: bigint): ReadonlyMap<string, bigint> {
  const captured = sum(parts.map((part) => part.capturedMinor));
  const refunded = sum(parts.map((part) => part.refundedMinor)) + amountMinor;
  const weights = parts.map((part) => {
    const lacking = part.capturedMinor * refunded - part.refundedMinor * captured;
    return lacking > 0n ? lacking : 0n;
  });
  const amounts = allocate(amountMinor, weights);
  return new Map(parts.map((part, index) => [part.tenderId, amounts[index] ?? 0n]));
}

function refundable(part: CapturedLine): bigint {
  return part.capturedMinor - part.refundedMinor;
}

function checkTenders(tenders: readonly RefundableTender[]) {
  invariant(
    new Set(tenders.map((tender) => tender.id)).size === tenders.length,
    'tenders have ids of their own',
  );
  for (const { lines } of tenders) {
    invariant(
      new Set(lines.map((line) => line.lineId)).size === lines.length,
      'a tender pays a line in one part',
    );
    for (const { capturedMinor, refundedMinor } of lines) {
      invariant(
        refundedMinor >= 0n && refundedMinor <= capturedMinor,
        'no more is refunded than was captured',
      );
    }
  }
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
