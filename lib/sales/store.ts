import { type Database, type Row, readTogether, type Tx } from '@/lib/database';
import {
  type Currency,
  type Id,
  type IdPrefix,
  invariant,
  isStorableText,
  newId,
  parseId,
} from '@/lib/kernel';
import type { Buyer } from '@/lib/policy';
import {
  BUYERS,
  CARD_COUNTER,
  type InvoiceState,
  PURCHASE_STATES,
  PURPOSES,
  type PurchaseState,
  type Purpose,
  SHIPMENT_STATES,
  type ShipmentState,
  STORED_INVOICE_STATES,
  WITHDRAWAL_STATES,
  type WithdrawalState,
} from './model';
import { THEME_IDS, type ThemeId } from './themes';

export interface Purchase {
  readonly id: Id<'pur'>;
  readonly userId: Id<'usr'>;
  readonly orderId: Id<'ord'>;
  readonly programmeId: string;
  readonly policyPack: string;
  readonly theme: ThemeId;
  readonly faceMinor: bigint;
  readonly quantity: number;
  readonly basisPoints: number;
  readonly unitMinor: bigint;
  readonly currency: Currency;
  readonly purpose: Purpose;
  readonly buyer: Buyer;
  readonly state: PurchaseState;
  readonly identityId: string | null;
  readonly batchId: string | null;
  readonly sealedPlan: string | null;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly issuedAt: Date | null;
  readonly withdrawnAt: Date | null;
  /** How many of its cards were handed back. */
  readonly withdrawnCards: number;
}

/** Cards that were handed back at once, and their price. */
export interface Withdrawal {
  readonly id: Id<'wdr'>;
  readonly purchaseId: string;
  readonly state: WithdrawalState;
  readonly cards: number;
  readonly amountMinor: bigint;
  /** What its refund is asked for with, after all its refusals so far. */
  readonly refundKey: string;
  readonly refusals: number;
  readonly createdAt: Date;
}

/** In the order in which they were made. */
export async function withdrawalsOf(
  client: Database | Tx,
  which: {
    readonly purchaseId?: string;
    readonly id?: string;
    readonly state?: WithdrawalState;
    /** Only of purchases of which the gateway once refused to send money back. */
    readonly onceRefused?: true;
  },
  take?: number,
): Promise<Withdrawal[]> {
  const { onceRefused, ...where } = which;
  const refused = { order: { payments: { some: { refunds: { some: { state: 'FAILED' } } } } } };
  const rows = await client.withdrawal.findMany({
    where: onceRefused ? { ...where, purchase: refused } : where,
    orderBy: { id: 'asc' },
    ...(take === undefined ? {} : { take }),
  });
  return rows.map(({ refundKey, returnedAt: _, ...row }) => ({
    ...row,
    id: idOf('wdr', row.id),
    state: oneOf(WITHDRAWAL_STATES, row.state),
    refundKey: row.refusals === 0 ? refundKey : `${refundKey}:${row.refusals}`,
  }));
}

type PurchaseRow = Awaited<ReturnType<Database['cardPurchase']['findMany']>>[number];

/** `id` may be any text. Of questions that come at once one statement is made, which an unreadable one would fail. */
export async function findPurchase(
  client: Database | Tx,
  where: { readonly id: string } | { readonly orderId: string },
): Promise<Purchase | null> {
  if (!Object.values(where).every(isStorableText)) return null;
  const row = await ('id' in where
    ? readPurchase(client, where.id)
    : readPurchaseOfOrder(client, where.orderId));
  return row && purchaseOf(row);
}

const readPurchase = readTogether(
  (client: Database | Tx, ids: readonly string[]) =>
    client.cardPurchase.findMany({ where: { id: { in: [...ids] } } }),
  ({ id }) => id,
);

const readPurchaseOfOrder = readTogether(
  (client: Database | Tx, orderIds: readonly string[]) =>
    client.cardPurchase.findMany({ where: { orderId: { in: [...orderIds] } } }),
  ({ orderId }) => orderId,
);

export async function purchasesOf(
  client: Database | Tx,
  { userId, skip, take }: { userId: string; skip: number; take: number },
): Promise<Purchase[]> {
  const rows = await client.cardPurchase.findMany({
    where: { userId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    skip,
    take,
  });
  return rows.map(purchaseOf);
}

/** The order that a payment is for; null for a payment that does not exist. */
export async function orderOfPayment(client: Database | Tx, paymentId: string): Promise<string | null> {
  const row = await readOrderOfPayment(client, paymentId);
  return row?.orderId ?? null;
}

const readOrderOfPayment = readTogether(
  (client: Database | Tx, ids: readonly string[]) =>
    client.payment.findMany({ where: { id: { in: [...ids] } }, select: { id: true, orderId: true } }),
  ({ id }) => id,
);

/** Where what is paid for cards lies until they are issued. */
export async function counterAccount(client: Database | Tx): Promise<string> {
  const merchant = await client.merchant.findUnique({ where: { id: CARD_COUNTER.id } });
  invariant(merchant, 'the card counter is open');
  return merchant.accountId;
}

/** Something to deliver, for a unit of work; ids only. */
export function outboxRow(
  topic: `purchase.${string}` | `shipment.${string}`,
  payload: Readonly<Record<string, string>>,
  now: Date,
): Row {
  const at = now.toISOString();
  return {
    id: newId('out'),
    topic,
    payload: JSON.stringify(payload),
    createdAt: at,
    availableAt: at,
    attempts: 0,
    leasedBy: null,
    leasedUntil: null,
    deliveredAt: null,
    parkedAt: null,
    lastError: null,
  };
}

export function asShipmentState(text: string): ShipmentState {
  return oneOf(SHIPMENT_STATES, text);
}

export function invoiceStateOf(row: {
  readonly state: string;
  readonly number: string | null;
  readonly reversedAt: Date | null;
}): InvoiceState {
  const state = oneOf(STORED_INVOICE_STATES, row.state);
  if (state !== 'cancelled' || row.number === null) return state;
  return row.reversedAt === null ? 'reversing' : 'reversed';
}

export function idOf<P extends IdPrefix>(prefix: P, text: string): Id<P> {
  const id = parseId(prefix, text);
  invariant(id, `a stored id begins with ${prefix}_`);
  return id;
}

function purchaseOf(row: PurchaseRow): Purchase {
  const { discountBasisPoints: basisPoints, ...rest } = row;
  return {
    ...rest,
    basisPoints,
    id: idOf('pur', row.id),
    userId: idOf('usr', row.userId),
    orderId: idOf('ord', row.orderId),
    theme: oneOf(THEME_IDS, row.theme),
    currency: oneOf(['CNY', 'USD'] as const, row.currency),
    purpose: oneOf(PURPOSES, row.purpose),
    buyer: oneOf(BUYERS, row.buyer),
    state: oneOf(PURCHASE_STATES, row.state),
  };
}

function oneOf<T extends string>(allowed: readonly T[], text: string): T {
  const found = allowed.find((value) => value === text);
  invariant(found !== undefined, `the card counter does not know ${text}`);
  return found;
}
