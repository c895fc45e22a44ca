import { recordAudit } from '@/lib/audit';
import { type Database, transaction } from '@/lib/database';
import { ok, parseId, type Result, refuse } from '@/lib/kernel';
import type { SalesContext } from './context';
import { type IdentityKeys, openIdentity } from './identity';
import type { InvoiceState, ShipmentState } from './model';
import { TO_REVERSE } from './note-invoice';
import type { ShippingActor } from './ship-cards';
import { asShipmentState, invoiceStateOf } from './store';

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

/** An invoice whose number was noted, with what the buyer is told of it. */
export interface NotedInvoice extends Omit<InvoiceLine, 'replaces' | 'createdAt'> {
  readonly orderId: string;
  readonly state: InvoiceState;
  readonly number: string;
  /** Null: cards went back since, and it waits to be issued anew. */
  readonly issuedAt: Date | null;
  readonly reversal: { readonly number: string; readonly at: Date } | null;
}

const NOTED_SHOWN = 10;

/** The invoices whose numbers were noted last, newest first; with `number`, those that have it or were reversed by it. */
export async function notedInvoices(db: Database, number: string | null): Promise<NotedInvoice[]> {
  const read = (where: object, newest: 'issuedAt' | 'reversedAt') =>
    db.invoice.findMany({
      where,
      include: { purchase: { select: { orderId: true } } },
      orderBy: { [newest]: 'desc' },
      take: NOTED_SHOWN,
    });
  const rows = await (number === null
    ? Promise.all([
        read({ issuedAt: { not: null }, reversedAt: null }, 'issuedAt'),
        read({ reversedAt: { not: null } }, 'reversedAt'),
      ])
    : Promise.all([read({ OR: [{ number }, { reversalNumber: number }] }, 'issuedAt')]));
  return rows
    .flat()
    .toSorted((a, b) => notedAt(b) - notedAt(a))
    .slice(0, NOTED_SHOWN)
    .flatMap(notedOf);
}

/** One of them; null when there is none, or it has no number yet. */
export async function notedInvoice(db: Database, invoiceId: string): Promise<NotedInvoice | null> {
  const id = parseId('inv', invoiceId);
  const include = { purchase: { select: { orderId: true } } };
  const row = id && (await db.invoice.findUnique({ where: { id }, include }));
  return (row && notedOf(row)[0]) ?? null;
}

type InvoiceRow = Awaited<ReturnType<Database['invoice']['findUniqueOrThrow']>>;

function notedAt({ issuedAt, reversedAt }: InvoiceRow): number {
  return (reversedAt ?? issuedAt)?.getTime() ?? 0;
}

function notedOf(row: InvoiceRow & { readonly purchase: { readonly orderId: string } }): NotedInvoice[] {
  const { id, purchaseId, title, taxNumber, email, amountMinor, number, issuedAt } = row;
  if (number === null) return [];
  const { reversalNumber, reversedAt, purchase } = row;
  const reversal =
    reversalNumber !== null && reversedAt !== null ? { number: reversalNumber, at: reversedAt } : null;
  const words = { id, purchaseId, title, taxNumber, email, amountMinor };
  return [{ ...words, orderId: purchase.orderId, state: invoiceStateOf(row), number, issuedAt, reversal }];
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
