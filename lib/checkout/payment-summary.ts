import type { GatewayName } from '@/lib/gateways';
import { GATEWAY_NAMES } from '@/lib/gateways';
import { type Id, invariant, ok, type Result, refuse } from '@/lib/kernel';
import type { CheckoutContext, Payment, RefundRefusal } from './model';
import { allocateRefund, type RequestedLine } from './refund-allocation';
import { paidStates, refundableTenders } from './refund-payment';
import type { RefundState } from './refund-states';
import { findPaymentOfOrder } from './store';
import {
  attemptsOfOrder,
  eventsOfOrder,
  refundsOfOrder,
  type StoredEvent,
  type StoredRefund,
} from './story-store';
import { type Receipt, type ReceiptTender, receiptOf } from './views';

/** Everything about paying one order: its state, what was refunded, and every step that led there. */
export interface PaymentSummary {
  /** Of the payment that is alive (see `paymentStates`), else of the latest attempt. */
  readonly receipt: Receipt;
  /** Newest first. */
  readonly refunds: readonly RefundView[];
  /** What can still go back of each line, above zero only; empty when nothing was paid. */
  readonly refundable: readonly RequestedLine[];
  /** Newest first, over all attempts. */
  readonly story: readonly StoryEntry[];
}

export interface RefundView {
  readonly id: string;
  readonly state: RefundState;
  readonly amountMinor: bigint;
  readonly reason: string | null;
  readonly startedAt: Date;
  readonly settledAt: Date | null;
  readonly parts: readonly RefundPartView[];
}

export interface RefundPartView {
  readonly tender: ReceiptTender;
  readonly amountMinor: bigint;
  readonly state: RefundState;
}

/** One step of the story. `started` carries the split, refunds their amount. Minor units. */
export type StoryEntry = { readonly id: string; readonly at: Date } & (
  | {
      readonly kind: 'started';
      readonly cardMinor: bigint;
      readonly externalMinor: bigint;
      readonly gateway: GatewayName | null;
    }
  | {
      readonly kind:
        | 'paid'
        | 'cancel_requested'
        | 'external_failed'
        | 'released'
        | 'late_money'
        | 'late_money_returned';
    }
  | {
      readonly kind: 'refund_started' | 'refund_done' | 'refund_failed';
      readonly amountMinor: bigint;
    }
);

/** `null` when this shopper has not tried to pay such an order. */
export async function paymentSummaryOf(
  context: CheckoutContext,
  input: { orderId: string; userId: Id<'usr'> },
): Promise<PaymentSummary | null> {
  const payment = await findPaymentOfOrder(context.db, input.orderId);
  const receipt = await receiptOf(context, payment, input.userId);
  if (!payment || !receipt) return null;
  const [events, attempts, refunds] = await Promise.all([
    eventsOfOrder(context.db, input.orderId),
    attemptsOfOrder(context.db, input.orderId),
    refundsOfOrder(context.db, input.orderId),
  ]);
  return {
    receipt,
    refunds: refunds.map((refund) => refundView(refund, receipt)),
    refundable: refundableLines(payment),
    story: [
      ...events.flatMap((event) => storyOf(event, { attempts, refunds })),
      ...refunds.flatMap(refundEnd),
    ].toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1)),
  };
}

/** Where a refund of these lines would go now, by tender; nothing is changed. */
export interface RefundPreview {
  readonly amountMinor: bigint;
  readonly parts: readonly { readonly tender: ReceiptTender; readonly amountMinor: bigint }[];
}

/** Refuses what `refundPayment` would refuse at this moment, and another's payment like one that does not exist. */
export async function refundPreview(
  context: CheckoutContext,
  input: { orderId: string; userId: Id<'usr'>; lines: readonly RequestedLine[] },
): Promise<Result<RefundPreview, RefundRefusal>> {
  const payment = await findPaymentOfOrder(context.db, input.orderId);
  const receipt = await receiptOf(context, payment, input.userId);
  if (!payment || !receipt) return refuse({ code: 'payment_not_found' });
  if (!paidStates.has(payment.state)) return refuse({ code: 'payment_not_paid' });
  const allocation = allocateRefund({
    tenders: refundableTenders(payment),
    lines: input.lines,
    policy: context.refundPolicy,
  });
  if (!allocation.ok) return allocation;
  const parts = receipt.tenders.flatMap((tender) => {
    const amountMinor = sum(
      allocation.value.filter(({ tenderId }) => tenderId === tender.id).map((each) => each.amountMinor),
    );
    return amountMinor > 0n ? [{ tender, amountMinor }] : [];
  });
  return ok({ amountMinor: sum(parts.map((part) => part.amountMinor)), parts });
}

function refundableLines(payment: Payment): RequestedLine[] {
  if (!paidStates.has(payment.state)) return [];
  const left = new Map<string, bigint>();
  for (const line of payment.tenders.flatMap((tender) => tender.lines)) {
    const before = left.get(line.orderLineId) ?? 0n;
    left.set(line.orderLineId, before + line.amountMinor - line.refundedMinor);
  }
  return [...left].flatMap(([lineId, amountMinor]) => (amountMinor > 0n ? [{ lineId, amountMinor }] : []));
}

function refundView(refund: StoredRefund, receipt: Receipt): RefundView {
  const { id, state, amountMinor, reason, createdAt, settledAt } = refund;
  return {
    id,
    state,
    amountMinor,
    reason,
    startedAt: createdAt,
    settledAt,
    parts: receipt.tenders.flatMap((tender) =>
      refund.parts
        .filter(({ tenderId }) => tenderId === tender.id)
        .map((part) => ({ tender, amountMinor: part.amountMinor, state: part.state })),
    ),
  };
}

type Attempt = Awaited<ReturnType<typeof attemptsOfOrder>>[number];

/** The steps that a shopper knows: holding cards and going to the gateway belong to the start. */
function storyOf(
  event: StoredEvent,
  known: { attempts: readonly Attempt[]; refunds: readonly StoredRefund[] },
): StoryEntry[] {
  const base = { id: event.id, at: event.at };
  switch (event.event) {
    case 'opened': {
      const attempt = known.attempts.find(({ id }) => id === event.paymentId);
      invariant(attempt, `payment of event ${event.id}`);
      const { cardMinor, externalMinor } = attempt;
      const gateway = GATEWAY_NAMES.find((name) => name === attempt.gateway) ?? null;
      return [{ ...base, kind: 'started', cardMinor, externalMinor, gateway }];
    }
    case 'settled':
      return [{ ...base, kind: 'paid' }];
    case 'refunded':
    case 'refunded_in_part': {
      const refund = known.refunds.find(({ id }) => id === event.detail);
      return refund ? [{ ...base, kind: 'refund_started', amountMinor: refund.amountMinor }] : [];
    }
    case 'cancel_requested':
    case 'external_failed':
    case 'released':
    case 'late_money':
    case 'late_money_returned':
      return [{ ...base, kind: event.event }];
    default:
      return [];
  }
}

/** The end of a gateway's part, which comes later than the refund itself. */
function refundEnd(refund: StoredRefund): StoryEntry[] {
  const { settledAt, state } = refund;
  if (settledAt === null || settledAt.getTime() === refund.createdAt.getTime()) return [];
  const part = refund.parts.find((each) => each.state === state);
  const kind = state === 'FAILED' ? 'refund_failed' : 'refund_done';
  const amountMinor = state === 'FAILED' ? (part?.amountMinor ?? 0n) : refund.amountMinor;
  return [{ id: `${refund.id}:end`, at: settledAt, kind, amountMinor }];
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
