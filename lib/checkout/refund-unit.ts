import type { GuardedUpdate, Row } from '@/lib/database';
import { invariant, newId } from '@/lib/kernel';
import type { LedgerUnit, Transfer } from '@/lib/ledger';
import { HOLD_GRACE_MS, type Payment, type Tender } from './model';
import { movePayment } from './move-payment';
import { cardAccount, merchantAccount, receivable } from './movements';
import type { RefundAllocation, RefundPolicy } from './refund-allocation';
import { outboxRow, refundScope } from './store';
import { type TenderState, tenderMay } from './tender-states';

/** An order that was paid, however much of it went back. */
export const PAID_ORDER_STATES = ['paid', 'partially_refunded', 'refunded'] as const;

interface Part {
  readonly id: string;
  readonly tender: Tender;
  readonly amountMinor: bigint;
  readonly lines: readonly RefundAllocation[];
}

/**
 * The commit that records a refund: counters that expect what was read (so that two refunds cannot share a fen),
 * value back on the cards, and the gateway's part kept aside from the merchant until the gateway has answered.
 */
export function refundUnit(
  payment: Payment,
  allocations: readonly RefundAllocation[],
  options: {
    now: Date;
    policy: RefundPolicy;
    reason: string | null;
    actorId: string | null;
    idempotency: { key: string; fingerprint: string };
    checkAt: Date;
  },
): { refundId: string; unit: LedgerUnit } {
  const { now, idempotency } = options;
  const refundId = newId('rfd');
  const parts = partsOf(payment, allocations);
  const amountMinor = parts.reduce((sum, part) => sum + part.amountMinor, 0n);
  const pending = parts.some((part) => part.tender.kind === 'external');
  const refundedMinor = payment.refundedMinor + amountMinor;
  const whole = refundedMinor === payment.amountMinor;
  const move = movePayment(payment, whole ? 'refunded' : 'refunded_in_part', {
    now,
    set: { refundedMinor },
    detail: refundId,
  });
  const payload = { refundId, paymentId: payment.id, userId: payment.userId };
  return {
    refundId,
    unit: {
      idempotency: {
        scope: refundScope(payment.id),
        ...idempotency,
        response: refundId,
        createdAt: now.toISOString(),
      },
      updates: [
        move.update,
        {
          table: 'Order',
          key: { id: payment.orderId },
          expect: { state: PAID_ORDER_STATES },
          set: { state: whole ? 'refunded' : 'partially_refunded' },
        },
        ...parts.flatMap(counterUpdates),
      ],
      inserts: [
        { table: 'Refund', rows: [refundRow({ refundId, payment, amountMinor, pending, options })] },
        { table: 'RefundPart', rows: parts.map((part) => partRow(refundId, part)) },
        { table: 'RefundLine', rows: parts.flatMap(lineRows) },
        { table: 'PaymentEvent', rows: [move.event] },
        {
          table: 'OutboxMessage',
          rows: [outboxRow(pending ? 'refund.started' : 'refund.succeeded', payload, now)],
        },
      ],
      transfers: parts.flatMap((part) => partTransfers(payment, part, now)),
    },
  };
}

function partsOf(payment: Payment, allocations: readonly RefundAllocation[]): Part[] {
  return payment.tenders.flatMap((tender) => {
    const lines = allocations.filter((allocation) => allocation.tenderId === tender.id);
    if (lines.length === 0) return [];
    return [
      {
        id: newId('rft'),
        tender,
        lines,
        amountMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0n),
      },
    ];
  });
}

function counterUpdates(part: Part): GuardedUpdate[] {
  const { tender } = part;
  const refundedMinor = tender.refundedMinor + part.amountMinor;
  const all = refundedMinor === tender.amountMinor;
  const state: TenderState = tender.kind === 'external' ? 'REFUNDING' : all ? 'REFUNDED' : 'CAPTURED';
  invariant(state === tender.state || tenderMay(tender.state, state), `tender ${tender.state} → ${state}`);
  return [
    {
      table: 'Tender',
      key: { id: tender.id },
      expect: { state: tender.state, refundedMinor: tender.refundedMinor },
      set: { state, refundedMinor },
    },
    ...part.lines.map(({ lineId, amountMinor }): GuardedUpdate => {
      const line = tender.lines.find(({ orderLineId }) => orderLineId === lineId);
      invariant(line, 'a refund allocates lines of the tender');
      return {
        table: 'TenderLine',
        key: { tenderId: tender.id, orderLineId: lineId },
        expect: { refundedMinor: line.refundedMinor },
        set: { refundedMinor: line.refundedMinor + amountMinor },
      };
    }),
  ];
}

function partTransfers(payment: Payment, part: Part, now: Date): Transfer[] {
  const base = { reference: payment.id };
  return perMerchant(part).map(({ merchantAccountId, amountMinor }): Transfer => {
    const debit = merchantAccount(merchantAccountId);
    if (part.tender.kind === 'card') {
      const id = `${part.id}:card:${merchantAccountId}`;
      return {
        type: 'post',
        id,
        movement: 'refundCard',
        debit,
        credit: cardAccount(part.tender),
        amountMinor,
        ...base,
      };
    }
    return {
      type: 'hold',
      id: externalHoldId(part.id, merchantAccountId),
      movement: 'refundExternal',
      debit,
      credit: receivable(payment, part.tender),
      amountMinor,
      timeoutAt: new Date(now.getTime() + HOLD_GRACE_MS),
      ...base,
    };
  });
}

/** The transfers that end the gateway's part of a refund: booked when it succeeded, given back when it failed. */
export function endOfExternalPart(
  payment: Payment,
  part: { id: string; merchantAccountIds: readonly string[] },
  type: 'capture' | 'release',
): Transfer[] {
  return part.merchantAccountIds.map((merchantAccountId) => ({
    type,
    id: `${part.id}:${type}:${merchantAccountId}`,
    holdId: externalHoldId(part.id, merchantAccountId),
    reference: payment.id,
  }));
}

function externalHoldId(partId: string, merchantAccountId: string): string {
  return `${partId}:hold:${merchantAccountId}`;
}

function perMerchant(part: Part): { merchantAccountId: string; amountMinor: bigint }[] {
  const amounts = new Map<string, bigint>();
  for (const { lineId, amountMinor } of part.lines) {
    const line = part.tender.lines.find(({ orderLineId }) => orderLineId === lineId);
    invariant(line, 'a refund allocates lines of the tender');
    amounts.set(line.merchantAccountId, (amounts.get(line.merchantAccountId) ?? 0n) + amountMinor);
  }
  return [...amounts].map(([merchantAccountId, amountMinor]) => ({ merchantAccountId, amountMinor }));
}

function refundRow(refund: {
  refundId: string;
  payment: Payment;
  amountMinor: bigint;
  pending: boolean;
  options: { now: Date; policy: RefundPolicy; reason: string | null; actorId: string | null; checkAt: Date };
}): Row {
  const { refundId, payment, amountMinor, pending, options } = refund;
  return {
    id: refundId,
    paymentId: payment.id,
    state: pending ? 'PENDING' : 'SUCCEEDED',
    amountMinor,
    policy: options.policy,
    reason: options.reason,
    actorId: options.actorId,
    createdAt: options.now.toISOString(),
    settledAt: pending ? null : options.now.toISOString(),
    checkAt: pending ? options.checkAt.toISOString() : null,
    checks: 0,
  };
}

function partRow(refundId: string, { id, tender, amountMinor }: Part): Row {
  return {
    id,
    refundId,
    tenderId: tender.id,
    amountMinor,
    state: tender.kind === 'card' ? 'SUCCEEDED' : 'PENDING',
  };
}

function lineRows(part: Part): Row[] {
  return part.lines.map(({ lineId, amountMinor }) => ({ partId: part.id, orderLineId: lineId, amountMinor }));
}
