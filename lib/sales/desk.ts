import { recordAudit } from '@/lib/audit';
import { type Database, transaction } from '@/lib/database';
import { ok, type Result, refuse } from '@/lib/kernel';
import type { SalesContext } from './context';
import { type IdentityKeys, openIdentity } from './identity';
import type { ShipmentState } from './model';
import type { ShippingActor } from './ship-cards';
import { asShipmentState } from './store';

export interface ShipmentLine {
  readonly id: string;
  readonly purchaseId: string;
  readonly state: ShipmentState;
  readonly maskedAddress: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly quantity: number;
  readonly faceMinor: bigint;
  readonly purchaseState: string;
  readonly createdAt: Date;
  readonly identity: {
    readonly id: string;
    readonly maskedName: string;
    readonly maskedNumber: string;
  } | null;
}

export interface InvoiceLine {
  readonly id: string;
  readonly purchaseId: string;
  readonly title: string;
  readonly taxNumber: string | null;
  readonly email: string;
  readonly amountMinor: bigint;
  /** The number of the one that this one replaces, because cards went back since; null: it is the first. */
  readonly replaces: string | null;
  readonly createdAt: Date;
}

/** An invoice of a purchase that went back whole: it stands at the tax office until another one reverses it (红冲). */
export type ReversalLine = Pick<InvoiceLine, 'id' | 'purchaseId' | 'title' | 'taxNumber' | 'email'> & {
  readonly number: string;
};

interface CounterDesk {
  readonly shipments: readonly ShipmentLine[];
  readonly invoices: readonly InvoiceLine[];
  readonly reversals: readonly ReversalLine[];
}

/** What waits at the counter's desk, oldest first: shipments that are not delivered, invoices to be issued and to be reversed. */
export async function counterDesk(db: Database): Promise<CounterDesk> {
  const [shipments, invoices, reversals] = await Promise.all([
    db.shipment.findMany({
      where: { state: { not: 'delivered' } },
      include: { purchase: { include: { identity: true } } },
      orderBy: { createdAt: 'asc' },
      take: 100,
    }),
    db.invoice.findMany({
      where: { state: 'requested', purchase: { state: 'issued' } },
      orderBy: { createdAt: 'asc' },
      take: 100,
    }),
    db.invoice.findMany({
      where: TO_REVERSE,
      select: { id: true, purchaseId: true, title: true, taxNumber: true, email: true, number: true },
      orderBy: { createdAt: 'asc' },
      take: 100,
    }),
  ]);
  return {
    shipments: shipments.map(({ purchase, ...row }) => ({
      id: row.id,
      purchaseId: row.purchaseId,
      state: asShipmentState(row.state),
      maskedAddress: row.maskedAddress,
      carrier: row.carrier,
      trackingNumber: row.trackingNumber,
      quantity: purchase.quantity - purchase.withdrawnCards,
      faceMinor: purchase.faceMinor,
      purchaseState: purchase.state,
      createdAt: row.createdAt,
      identity: purchase.identity && {
        id: purchase.identity.id,
        maskedName: purchase.identity.maskedName,
        maskedNumber: purchase.identity.maskedNumber,
      },
    })),
    invoices: invoices.map(({ id, purchaseId, title, taxNumber, email, amountMinor, number, createdAt }) => ({
      id,
      purchaseId,
      title,
      taxNumber,
      email,
      amountMinor,
      replaces: number,
      createdAt,
    })),
    reversals: reversals.flatMap(({ number, ...row }) => (number === null ? [] : [{ ...row, number }])),
  };
}

/** Only one that was issued has a number. */
const TO_REVERSE = { state: 'cancelled', number: { not: null }, reversedAt: null };

export interface IssuedInvoice {
  readonly invoiceId: string;
  /** What it was issued for, as the desk showed it. */
  readonly amountMinor: bigint;
  readonly number: string;
  readonly actor: ShippingActor;
}

/**
 * Notes that an invoice was issued, under its number. Refused when it no longer waits for that, or when cards went back since
 * its amount was read: what was issued is then for too much.
 */
export async function markInvoiceIssued(
  { db, now }: Pick<SalesContext, 'db' | 'now'>,
  { invoiceId, amountMinor, number, actor }: IssuedInvoice,
): Promise<Result<undefined, { readonly code: 'not_waiting' }>> {
  return transaction(db, async (tx) => {
    const { count } = await tx.invoice.updateMany({
      where: { id: invoiceId, state: 'requested', amountMinor, purchase: { state: 'issued' } },
      data: { state: 'issued', number, issuedAt: now },
    });
    if (count === 0) return refuse({ code: 'not_waiting' as const });
    const subject = { type: 'invoice', id: invoiceId };
    await recordAudit(tx, { at: now, actor, action: 'invoice.issued', subject });
    return ok();
  });
}

export interface ReversedInvoice {
  readonly invoiceId: string;
  /** Of the invoice that reverses it. */
  readonly number: string;
  readonly actor: ShippingActor;
}

/** Notes by which invoice one was reversed. Refused when it does not wait for that, or not any more, and by its own number. */
export async function markInvoiceReversed(
  { db, now }: Pick<SalesContext, 'db' | 'now'>,
  { invoiceId, number, actor }: ReversedInvoice,
): Promise<Result<undefined, { readonly code: 'not_waiting' }>> {
  return transaction(db, async (tx) => {
    const { count } = await tx.invoice.updateMany({
      where: { id: invoiceId, ...TO_REVERSE, NOT: { number } },
      data: { reversalNumber: number, reversedAt: now },
    });
    if (count === 0) return refuse({ code: 'not_waiting' as const });
    const subject = { type: 'invoice', id: invoiceId };
    await recordAudit(tx, { at: now, actor, action: 'invoice.reversed', subject, detail: { number } });
    return ok();
  });
}

/**
 * A buyer's document in the clear, for supervisors alone and with a reason that is written down before it is opened. To
 * everybody else it does not exist.
 */
export async function showIdentity(
  { db, now }: Pick<SalesContext, 'db' | 'now'>,
  request: {
    readonly actor: ShippingActor;
    readonly identityId: string;
    readonly reason: string;
    readonly keys: Pick<IdentityKeys, 'seal'>;
  },
): Promise<Result<{ readonly name: string; readonly number: string }, { readonly code: 'not_found' }>> {
  const { actor, identityId, keys } = request;
  const reason = request.reason.trim();
  if (actor.role !== 'supervisor' || reason === '') return refuse({ code: 'not_found' });
  return transaction(db, async (tx) => {
    const opened = await openIdentity(tx, keys, identityId);
    if (!opened) return refuse({ code: 'not_found' as const });
    const subject = { type: 'identity', id: identityId };
    await recordAudit(tx, { at: now, actor, action: 'identity.shown', subject, reason });
    return ok(opened);
  });
}
