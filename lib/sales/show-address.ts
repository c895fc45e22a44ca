import { recordAudit } from '@/lib/audit';
import { transaction } from '@/lib/database';
import { ok, type Result, refuse } from '@/lib/kernel';
import { unseal } from '@/lib/vault';
import { type Address, addressSchema } from './address';
import type { SalesContext } from './context';
import type { ShippingActor } from './ship-cards';

/**
 * Where a parcel goes, in the clear, for who sends it: staff alone, and as long as it has not arrived. Each look is
 * written down. To everybody else the parcel does not exist.
 */
export async function showAddress(
  { db, keys, now }: Pick<SalesContext, 'db' | 'keys' | 'now'>,
  { actor, shipmentId }: { readonly actor: ShippingActor; readonly shipmentId: string },
): Promise<Result<Address, { readonly code: 'not_found' }>> {
  if (actor.role !== 'support' && actor.role !== 'supervisor') return refuse({ code: 'not_found' });
  return transaction(db, async (tx) => {
    const row = await tx.shipment.findFirst({ where: { id: shipmentId, state: { not: 'delivered' } } });
    if (!row) return refuse({ code: 'not_found' as const });
    const subject = { type: 'shipment', id: row.id };
    await recordAudit(tx, { at: now, actor, action: 'address.shown', subject });
    const opened = unseal(keys.seal, { owner: row.id, field: 'address' }, row.sealedAddress);
    return ok(addressSchema.parse(JSON.parse(opened)));
  });
}
