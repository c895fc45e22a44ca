import { type SoldCard, soldCardsOf } from '@/lib/cards';
import type { Database } from '@/lib/database';
import { findIdentity } from './identity';
import type { MaskedIdentity, ShipmentState } from './model';
import { asShipmentState, findPurchase, type Purchase, purchasesOf } from './store';
import { areUnused, withdrawableUntil } from './withdraw-purchase';

export interface PurchaseView {
  readonly purchase: Purchase;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly medium: string;
  readonly colours: { readonly from: string; readonly to: string };
  /** Whether its order can still be paid. */
  readonly payable: boolean;
  readonly totalMinor: bigint;
  readonly cards: readonly SoldCard[];
  readonly giftIds: readonly string[];
  readonly invoice: {
    readonly title: string;
    readonly state: string;
    readonly number: string | null;
    readonly amountMinor: bigint;
  } | null;
  readonly shipment: {
    readonly state: ShipmentState;
    readonly maskedAddress: string;
    readonly carrier: string | null;
    readonly trackingNumber: string | null;
  } | null;
  /** Whether it can be handed back now, and until when; null = no such right. */
  readonly withdrawable: { readonly until: Date; readonly now: boolean } | null;
}

const PAGE = 10;

/** A person's purchases, newest first, a page of ten. */
export async function purchasesPage(
  db: Database,
  { userId, page }: { userId: string; page: number },
): Promise<{ purchases: readonly (Purchase & { nameZh: string; nameEn: string })[]; hasNext: boolean }> {
  const found = await purchasesOf(db, { userId, skip: (page - 1) * PAGE, take: PAGE + 1 });
  const programmes = await db.programme.findMany({ select: { id: true, nameZh: true, nameEn: true } });
  const names = new Map(programmes.map(({ id, nameZh, nameEn }) => [id, { nameZh, nameEn }]));
  const named = found.map((purchase) => ({
    ...purchase,
    ...(names.get(purchase.programmeId) ?? { nameZh: purchase.programmeId, nameEn: purchase.programmeId }),
  }));
  return { purchases: named.slice(0, PAGE), hasNext: found.length > PAGE };
}

/** One purchase of its buyer; somebody else's answers like one that does not exist. */
export async function purchaseView(
  { db, now, zone }: { readonly db: Database; readonly now: Date; readonly zone: string },
  { userId, purchaseId }: { readonly userId: string; readonly purchaseId: string },
): Promise<PurchaseView | null> {
  const purchase = await findPurchase(db, { id: purchaseId });
  if (!purchase || purchase.userId !== userId) return null;
  const [programme, order, invoice, shipment, gifts] = await Promise.all([
    db.programme.findUniqueOrThrow({ where: { id: purchase.programmeId } }),
    db.order.findUniqueOrThrow({ where: { id: purchase.orderId } }),
    db.invoice.findUnique({ where: { purchaseId } }),
    db.shipment.findUnique({ where: { purchaseId } }),
    db.gift.findMany({ where: { purchaseId }, select: { id: true }, orderBy: { id: 'asc' } }),
  ]);
  const cards = purchase.batchId === null ? [] : await soldCardsOf(db, purchase.batchId);
  const until = purchase.state === 'issued' ? withdrawableUntil(purchase, zone) : null;
  const unused = until !== null && until > now && (await areUnused(db, cards, purchase));
  const { nameZh, nameEn, medium, colourFrom, colourTo } = programme;
  return {
    purchase,
    nameZh,
    nameEn,
    medium,
    colours: { from: colourFrom, to: colourTo },
    payable:
      purchase.state === 'open' &&
      (order.state === 'paying' || (order.state === 'open' && order.payBy > now)),
    totalMinor: order.totalMinor,
    cards,
    giftIds: gifts.map(({ id }) => id),
    invoice: invoice && {
      title: invoice.title,
      state: invoice.state,
      number: invoice.number,
      amountMinor: invoice.amountMinor,
    },
    shipment: shipment && {
      state: asShipmentState(shipment.state),
      maskedAddress: shipment.maskedAddress,
      carrier: shipment.carrier,
      trackingNumber: shipment.trackingNumber,
    },
    withdrawable: until && until > now ? { until, now: unused } : null,
  };
}

/** The purchase that an order is for; null for goods of the shelf. */
export async function purchaseOfOrder(db: Database, orderId: string): Promise<string | null> {
  return (await findPurchase(db, { orderId }))?.id ?? null;
}

/** Who a buyer has said to be, masked; null when nobody asked yet. */
export async function identityOnFile(db: Database, userId: string): Promise<MaskedIdentity | null> {
  const found = await findIdentity(db, userId);
  if (!found) return null;
  const { id, kind, maskedName, maskedNumber } = found;
  return { id, kind, maskedName, maskedNumber };
}
