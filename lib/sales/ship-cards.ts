import { recordAudit } from '@/lib/audit';
import { activateBatch, soldCardSecrets } from '@/lib/cards';
import { commitUnit, type Row, transaction } from '@/lib/database';
import { ok, parseId, type Result, refuse } from '@/lib/kernel';
import type { SalesContext } from './context';
import { SHIPMENT_NEXT, type ShipmentState } from './model';
import { asShipmentState, findPurchase, outboxRow } from './store';

/** Somebody of the staff, or a command that acts for the operator. */
export interface ShippingActor {
  readonly id: string;
  readonly role: string;
}

export type ShipmentRefusal =
  | { readonly code: 'shipment_not_found' }
  | { readonly code: 'not_possible_in_state'; readonly state: ShipmentState }
  /** Its cards went back in the meantime. */
  | { readonly code: 'purchase_withdrawn' };

export interface ShipmentStep {
  readonly shipmentId: string;
  readonly to: Exclude<ShipmentState, 'preparing'>;
  readonly actor: ShippingActor;
  /** When it leaves: who carries it, and under which number. */
  readonly carrier?: string;
  readonly trackingNumber?: string;
}

/**
 * Moves a shipment one step on, with its audit line: cards are produced, sent, delivered. The confirmation of delivery is
 * what activates them, so that a parcel which is lost or stolen is worth nothing.
 */
export async function moveShipment(
  { db, now }: Pick<SalesContext, 'db' | 'now'>,
  { shipmentId, to, actor, carrier, trackingNumber }: ShipmentStep,
): Promise<Result<undefined, ShipmentRefusal>> {
  const id = parseId('shp', shipmentId);
  const row = id && (await db.shipment.findUnique({ where: { id }, include: { purchase: true } }));
  if (!row) return refuse({ code: 'shipment_not_found' });
  const state = asShipmentState(row.state);
  if (SHIPMENT_NEXT[state] !== to) return refuse({ code: 'not_possible_in_state', state });
  if (row.purchase.state !== 'issued') return refuse({ code: 'purchase_withdrawn' });
  const { userId, id: purchaseId } = row.purchase;
  const at = now.toISOString();
  const sets: Record<typeof to, Row> = {
    producing: { producedAt: at },
    shipped: { shippedAt: at, carrier: carrier ?? null, trackingNumber: trackingNumber ?? null },
    delivered: { deliveredAt: at },
  };
  const told = to === 'shipped' ? 'shipment.sent' : to === 'delivered' ? 'shipment.delivered' : null;
  return transaction(db, async (tx) => {
    const outcome = await commitUnit(tx, {
      updates: [
        // A purchase that is handed back at this moment is not delivered.
        { table: 'CardPurchase', key: { id: purchaseId }, expect: { state: 'issued' }, set: {} },
        { table: 'Shipment', key: { id: shipmentId }, expect: { state }, set: { state: to, ...sets[to] } },
      ],
      inserts: told
        ? [{ table: 'OutboxMessage', rows: [outboxRow(told, { shipmentId, purchaseId, userId }, now)] }]
        : [],
    });
    if (outcome.outcome !== 'committed') return refuse({ code: 'not_possible_in_state' as const, state });
    await recordAudit(tx, {
      at: now,
      actor,
      action: `shipment.${to}`,
      subject: { type: 'shipment', id: shipmentId },
    });
    return ok();
  });
}

/** Activates the cards of a delivered purchase. Their validity begins now. Again, it finds nothing left to do. */
export async function activateDelivered(context: SalesContext, purchaseId: string): Promise<void> {
  const shipment = await context.db.shipment.findUnique({ where: { purchaseId } });
  const purchase = await findPurchase(context.db, { id: purchaseId });
  if (shipment?.state !== 'delivered' || purchase?.state !== 'issued' || !purchase.batchId) return;
  await activateBatch(context, purchase.batchId);
}

/** What the producer prints on one card. */
export interface PrintLine {
  readonly number: string;
  readonly password: string;
  /** What the QR holds: the page for binding, with the number behind `#`, so that no server ever sees it. */
  readonly qr: string;
}

/** The lines of the print file of a purchase that waits to be produced; `null` when there is none such. */
export async function printLines(
  context: SalesContext,
  { purchaseId, origin }: { readonly purchaseId: string; readonly origin: string },
): Promise<{ readonly shipmentId: string; readonly faceMinor: bigint; readonly lines: PrintLine[] } | null> {
  const shipment = await context.db.shipment.findUnique({ where: { purchaseId } });
  const purchase = await findPurchase(context.db, { id: purchaseId });
  if (!shipment || purchase?.state !== 'issued' || !purchase.batchId) return null;
  if (shipment.state !== 'preparing' && shipment.state !== 'producing') return null;
  const secrets = await soldCardSecrets(context, purchase.batchId);
  return {
    shipmentId: shipment.id,
    faceMinor: purchase.faceMinor,
    lines: secrets.map((secret) => ({ ...secret, qr: bindAddress(origin, secret.number) })),
  };
}

/** Never the password: whoever photographs the outside of a card gains nothing. */
export function bindAddress(origin: string, number: string): string {
  return `${origin}/cards/bind#n=${number}`;
}
