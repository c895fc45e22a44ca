import { type SoldCard, soldCardsOf } from '@/lib/cards';
import type { Database } from '@/lib/database';
import { invariant } from '@/lib/kernel';
import { findIdentity } from './identity';
import type {
  CardsObstacle,
  InvoiceState,
  MaskedIdentity,
  NoWithdrawal,
  PurchaseState,
  ShipmentState,
} from './model';
import {
  asShipmentState,
  findPurchase,
  invoiceStateOf,
  type Purchase,
  purchasesOf,
  type Withdrawal,
  withdrawalsOf,
} from './store';
import { firstObstacle, obstaclesOf, rightOfWithdrawal } from './withdraw-purchase';

export interface PurchaseView {
  readonly purchase: Purchase;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly medium: string;
  readonly colours: { readonly from: string; readonly to: string };
  readonly standing: PurchaseStanding;
  readonly totalMinor: bigint;
  readonly cards: readonly SoldCard[];
  readonly gifts: readonly { readonly id: string; readonly cardId: string }[];
  readonly invoice: {
    readonly title: string;
    readonly state: InvoiceState;
    readonly number: string | null;
    /** The number of the invoice that reversed it. */
    readonly reversalNumber: string | null;
    readonly amountMinor: bigint;
  } | null;
  readonly shipment: {
    readonly state: ShipmentState;
    readonly maskedAddress: string;
    readonly carrier: string | null;
    readonly trackingNumber: string | null;
  } | null;
  /** What can be handed back, or why nothing can; null: there are no cards to hand back, not yet or not any more. */
  readonly withdrawable: Withdrawable | NoWithdrawal | null;
  readonly withdrawals: readonly Withdrawal[];
}

export interface Withdrawable {
  readonly code: 'withdrawable';
  /** Exclusive. */
  readonly until: Date;
  /** Those that are as they were sold. */
  readonly free: readonly SoldCard[];
  /** What is in the way of those that are not and were not handed back either; null: nothing. */
  readonly obstacle: CardsObstacle | null;
}

/** What the reader is told; `lapsed`: not paid, and too late for it. */
export type PurchaseStanding = PurchaseState | 'lapsed';

/** An order that is paid makes its purchase paid, also in the moment before the worker says so. */
function standingOf(
  { state }: Purchase,
  order: { readonly state: string; readonly payBy: Date },
  now: Date,
): PurchaseStanding {
  if (state !== 'open') return state;
  if (order.state === 'paid') return 'paid';
  return order.state === 'paying' || (order.state === 'open' && order.payBy > now) ? 'open' : 'lapsed';
}

const PAGE = 10;

export interface ListedPurchase extends Purchase {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly standing: PurchaseStanding;
}

/** A person's purchases, newest first, a page of ten. */
export async function purchasesPage(
  { db, now }: { readonly db: Database; readonly now: Date },
  { userId, page }: { userId: string; page: number },
): Promise<{ purchases: readonly ListedPurchase[]; hasNext: boolean }> {
  const found = await purchasesOf(db, { userId, skip: (page - 1) * PAGE, take: PAGE + 1 });
  const [programmes, orders] = await Promise.all([
    db.programme.findMany({ select: { id: true, nameZh: true, nameEn: true } }),
    db.order.findMany({
      where: { id: { in: found.map(({ orderId }) => orderId) } },
      select: { id: true, state: true, payBy: true },
    }),
  ]);
  const names = new Map(programmes.map(({ id, nameZh, nameEn }) => [id, { nameZh, nameEn }]));
  const standing = new Map(orders.map((order) => [order.id, order]));
  const named = found.map((purchase) => {
    const order = standing.get(purchase.orderId);
    invariant(order, 'a purchase has an order');
    const name = names.get(purchase.programmeId);
    return {
      ...purchase,
      nameZh: name?.nameZh ?? purchase.programmeId,
      nameEn: name?.nameEn ?? purchase.programmeId,
      standing: standingOf(purchase, order, now),
    };
  });
  return { purchases: named.slice(0, PAGE), hasNext: found.length > PAGE };
}

/** One purchase of its buyer; somebody else's answers like one that does not exist. */
export async function purchaseView(
  { db, now, zone }: { readonly db: Database; readonly now: Date; readonly zone: string },
  { userId, purchaseId }: { readonly userId: string; readonly purchaseId: string },
): Promise<PurchaseView | null> {
  const purchase = await findPurchase(db, { id: purchaseId });
  if (!purchase || purchase.userId !== userId) return null;
  const [programme, order, invoice, shipment, gifts, withdrawals] = await Promise.all([
    db.programme.findUniqueOrThrow({ where: { id: purchase.programmeId } }),
    db.order.findUniqueOrThrow({ where: { id: purchase.orderId } }),
    db.invoice.findUnique({ where: { purchaseId } }),
    db.shipment.findUnique({ where: { purchaseId } }),
    db.gift.findMany({ where: { purchaseId }, select: { id: true, cardId: true }, orderBy: { id: 'asc' } }),
    withdrawalsOf(db, { purchaseId }),
  ]);
  const cards = purchase.batchId === null ? [] : await soldCardsOf(db, purchase.batchId);
  const { nameZh, nameEn, medium, colourFrom, colourTo } = programme;
  return {
    purchase,
    nameZh,
    nameEn,
    medium,
    colours: { from: colourFrom, to: colourTo },
    standing: standingOf(purchase, order, now),
    totalMinor: order.totalMinor,
    cards,
    gifts,
    invoice: invoice && {
      title: invoice.title,
      state: invoiceStateOf(invoice),
      number: invoice.number,
      reversalNumber: invoice.reversalNumber,
      amountMinor: invoice.amountMinor,
    },
    shipment: shipment && {
      state: asShipmentState(shipment.state),
      maskedAddress: shipment.maskedAddress,
      carrier: shipment.carrier,
      trackingNumber: shipment.trackingNumber,
    },
    withdrawable: await withdrawableOf({ db, now, zone }, purchase, cards),
    withdrawals,
  };
}

async function withdrawableOf(
  context: { readonly db: Database; readonly now: Date; readonly zone: string },
  purchase: Purchase,
  cards: readonly SoldCard[],
): Promise<PurchaseView['withdrawable']> {
  if (purchase.state !== 'issued') return null;
  const right = rightOfWithdrawal(purchase, context);
  if (!right.ok) return right.refusal;
  const obstacles = await obstaclesOf(context.db, cards, purchase.userId);
  const free = cards.filter(({ id }) => obstacles.get(id) === null);
  const closed = cards.filter(({ state }) => state === 'closed');
  // Those that were handed back are in the way of nothing; one that was used up and closed is told of.
  const told =
    closed.length > purchase.withdrawnCards ? cards : cards.filter((card) => !closed.includes(card));
  const obstacle = firstObstacle(new Map(told.map(({ id }) => [id, obstacles.get(id) ?? null])));
  return { code: 'withdrawable', until: right.value, free, obstacle };
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
