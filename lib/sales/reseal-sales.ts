import { resealAll } from '@/lib/vault';
import type { SalesContext } from './context';

const ROWS_PER_PAGE = 500;

/**
 * Brings what the counter has sealed (who buyers are, what is to be made of a purchase, where parcels go) under the
 * current key, so that an older key can be taken away; answers how many rows changed.
 */
export async function resealSales({ db, keys }: Pick<SalesContext, 'db' | 'keys'>): Promise<number> {
  const page = (after: string) => ({
    where: { id: { gt: after } },
    orderBy: { id: 'asc' as const },
    take: ROWS_PER_PAGE,
  });
  const identities = await resealAll(keys.seal, {
    fields: { sealedName: 'name', sealedNumber: 'number' },
    read: (after) =>
      db.buyerIdentity.findMany({
        ...page(after),
        select: { id: true, sealedName: true, sealedNumber: true },
      }),
    write: async ({ id, sealedNumber }, data) =>
      (await db.buyerIdentity.updateMany({ where: { id, sealedNumber: sealedNumber ?? '' }, data })).count,
  });
  const plans = await resealAll(keys.seal, {
    fields: { sealedPlan: 'plan' },
    read: (after) => db.cardPurchase.findMany({ ...page(after), select: { id: true, sealedPlan: true } }),
    write: async ({ id, sealedPlan }, data) =>
      (await db.cardPurchase.updateMany({ where: { id, sealedPlan }, data })).count,
  });
  const addresses = await resealAll(keys.seal, {
    fields: { sealedAddress: 'address' },
    read: (after) => db.shipment.findMany({ ...page(after), select: { id: true, sealedAddress: true } }),
    write: async ({ id, sealedAddress }, data) =>
      (await db.shipment.updateMany({ where: { id, sealedAddress: sealedAddress ?? '' }, data })).count,
  });
  return identities + plans + addresses;
}
