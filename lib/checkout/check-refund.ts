import type { GuardedUpdate } from '@/lib/database';
import type { RefundOutcome } from '@/lib/gateways';
import { invariant } from '@/lib/kernel';
import { commit, type LedgerUnit } from '@/lib/ledger';
import {
  type CheckoutContext,
  nextCheckAt,
  type Payment,
  type Refund,
  type RefundPart,
  type Tender,
} from './model';
import { movePayment, moveTender } from './move-payment';
import { endOfExternalPart, PAID_ORDER_STATES } from './refund-unit';
import { findPayment, findRefund, outboxRow } from './store';

const TRIES = 12;

/**
 * Asks the gateway for the open part of a refund and books the answer. The part's id is the number at the gateway, so
 * asking again never refunds twice. Safe at any moment, any number of times. Returns the refund as it is then.
 */
export async function checkRefund(context: CheckoutContext, refundId: string): Promise<Refund | null> {
  const refund = await findRefund(context.db, refundId);
  if (refund?.state !== 'PENDING') return refund;
  const payment = await findPayment(context.db, refund.paymentId);
  invariant(payment, `payment of refund ${refundId}`);
  for (const part of refund.parts.filter(({ state }) => state === 'PENDING')) {
    const tender = payment.tenders.find(({ id }) => id === part.tenderId);
    invariant(tender, `tender of refund part ${part.id}`);
    const succeeded = verdictOf(await askGateway(context, { refund, part, tender }), part);
    const ended = succeeded !== null && (await endPart(context, { refundId, partId: part.id, succeeded }));
    if (!ended) await askLater(context, refund);
  }
  return findRefund(context.db, refundId);
}

interface OpenPart {
  readonly refund: Refund;
  readonly part: RefundPart;
  readonly tender: Tender;
}

/** The first time the refund is requested; later the gateway is asked about it first, and it is sent again only when unknown there. */
async function askGateway(
  context: CheckoutContext,
  { refund, part, tender }: OpenPart,
): Promise<RefundOutcome> {
  const gateway = tender.gateway ? context.gateway(tender.gateway) : null;
  if (!gateway) return { status: 'pending' };
  const request = {
    paymentNo: tender.id,
    refundNo: part.id,
    amountMinor: part.amountMinor,
    reason: refund.reason ?? 'refund',
    now: context.now,
  };
  if (refund.checks === 0) return gateway.refund(request);
  const known = await gateway.queryRefund(request);
  return known.status === 'not_found' ? gateway.refund(request) : known;
}

/** Whether the money went back; `null` while that is not proven, or may still change. */
function verdictOf(outcome: RefundOutcome, part: RefundPart): boolean | null {
  if (outcome.status === 'succeeded') return outcome.amountMinor === part.amountMinor ? true : null;
  return outcome.status === 'failed' && outcome.reason !== 'balance' ? false : null;
}

async function askLater(context: CheckoutContext, refund: Refund): Promise<void> {
  const checks = refund.checks + 1;
  await context.db.refund.updateMany({
    where: { id: refund.id, state: 'PENDING' },
    data: { checks, checkAt: nextCheckAt(context.now, checks) },
  });
}

/**
 * Books the end of a part; another worker may be booking the same, and other refunds may move the counters. False when
 * they kept moving: the gateway is asked again later, with the same number.
 */
async function endPart(
  context: CheckoutContext,
  end: { refundId: string; partId: string; succeeded: boolean },
): Promise<boolean> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const unit = await endUnit(context, end);
    if (!unit) return true;
    const result = await commit(context.db, unit, context.now);
    if (result.ok) return true;
    invariant(
      result.refusal.code === 'row_changed',
      `the end of a refund cannot be refused for ${result.refusal.code}`,
    );
  }
  return false;
}

async function endUnit(
  context: CheckoutContext,
  { refundId, partId, succeeded }: { refundId: string; partId: string; succeeded: boolean },
): Promise<LedgerUnit | null> {
  const { now } = context;
  const refund = await findRefund(context.db, refundId);
  const payment = refund && (await findPayment(context.db, refund.paymentId));
  const part = refund?.parts.find(({ id }) => id === partId);
  if (!refund || !payment || part?.state !== 'PENDING') return null;
  const tender = payment.tenders.find(({ id }) => id === part.tenderId);
  invariant(tender, `tender of refund part ${partId}`);
  const lines = await context.db.refundLine.findMany({ where: { partId } });
  const accounts = tender.lines.filter((line) =>
    lines.some(({ orderLineId }) => orderLineId === line.orderLineId),
  );
  const merchantAccountIds = [...new Set(accounts.map((line) => line.merchantAccountId))];
  const state = succeeded ? 'SUCCEEDED' : 'FAILED';
  const others = await context.db.refundPart.findMany({
    where: { tenderId: tender.id, state: 'PENDING', id: { not: partId } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  const stillOpen = others.length > 0;
  const back = succeeded ? null : undoCounters({ payment, tender, part, lines, now, stillOpen });
  const payload = { refundId, paymentId: payment.id, userId: payment.userId };
  return {
    updates: [
      ...(back?.updates ?? [guardPayment(payment), ...settleTender(tender, stillOpen)]),
      ...others.map(guardOpenPart),
      { table: 'RefundPart', key: { id: partId }, expect: { state: 'PENDING' }, set: { state } },
      {
        table: 'Refund',
        key: { id: refundId },
        expect: { state: 'PENDING' },
        set: { state, settledAt: now.toISOString(), checkAt: null },
      },
    ],
    inserts: [
      ...(back ? [{ table: 'PaymentEvent' as const, rows: [back.event] }] : []),
      {
        table: 'OutboxMessage',
        rows: [outboxRow(succeeded ? 'refund.succeeded' : 'refund.failed', payload, now)],
      },
    ],
    transfers: endOfExternalPart(
      payment,
      { id: partId, merchantAccountIds },
      succeeded ? 'capture' : 'release',
    ),
  };
}

/** Locks the payment first, in the order that every unit of checkout does. */
function guardPayment(payment: Payment): GuardedUpdate {
  return {
    table: 'Payment',
    key: { id: payment.id },
    expect: { refundedMinor: payment.refundedMinor },
    set: {},
  };
}

/** The last part to end settles the tender, so each makes sure that the others it saw open still are. */
function guardOpenPart({ id }: { id: string }): GuardedUpdate {
  return { table: 'RefundPart', key: { id }, expect: { state: 'PENDING' }, set: {} };
}

function settleTender(tender: Tender, stillOpen: boolean): GuardedUpdate[] {
  const state = tender.refundedMinor === tender.amountMinor ? 'REFUNDED' : 'CAPTURED';
  return stillOpen || tender.state === state ? [] : [moveTender(tender, state)];
}

/** The amount of a refused part becomes refundable again. */
function undoCounters(part: {
  payment: Payment;
  tender: Tender;
  part: RefundPart;
  lines: readonly { orderLineId: string; amountMinor: bigint }[];
  now: Date;
  stillOpen: boolean;
}) {
  const { payment, tender, now } = part;
  const refundedMinor = payment.refundedMinor - part.part.amountMinor;
  const none = refundedMinor === 0n;
  const move = movePayment(payment, none ? 'refund_failed' : 'refund_failed_in_part', {
    now,
    set: { refundedMinor },
    detail: part.part.refundId,
  });
  const updates: GuardedUpdate[] = [
    move.update,
    {
      table: 'Order',
      key: { id: payment.orderId },
      expect: { state: PAID_ORDER_STATES },
      set: { state: none ? 'paid' : 'partially_refunded' },
    },
    {
      table: 'Tender',
      key: { id: tender.id },
      expect: { refundedMinor: tender.refundedMinor },
      set: {
        refundedMinor: tender.refundedMinor - part.part.amountMinor,
        state: part.stillOpen ? 'REFUNDING' : 'CAPTURED',
      },
    },
    ...part.lines.map(({ orderLineId, amountMinor }): GuardedUpdate => {
      const line = tender.lines.find((each) => each.orderLineId === orderLineId);
      invariant(line, 'a refunded line is one of the tender');
      return {
        table: 'TenderLine',
        key: { tenderId: tender.id, orderLineId },
        expect: { refundedMinor: line.refundedMinor },
        set: { refundedMinor: line.refundedMinor - amountMinor },
      };
    }),
  ];
  return { updates, event: move.event };
}
