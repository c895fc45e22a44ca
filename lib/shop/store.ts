import { type Database, failureOf, type Tx } from '@/lib/database';
import { type Currency, type Id, type IdPrefix, invariant, parseId } from '@/lib/kernel';
import { MERCHANT_KINDS, PRODUCT_KINDS } from '@/lib/policy';
import {
  CATEGORIES,
  LINE_CATEGORIES,
  type Merchant,
  ORDER_STATES,
  type Order,
  type OrderLine,
  type Product,
  type UserId,
} from './model';

export interface ShopContext {
  readonly db: Database;
  readonly now: Date;
}

export async function readProducts(tx: Database | Tx): Promise<Product[]> {
  const rows = await tx.product.findMany({
    include: { merchant: true },
    orderBy: [{ position: 'asc' }, { slug: 'asc' }],
  });
  return rows.map(productOf);
}

export async function readProduct(
  tx: Database | Tx,
  where: { id: string } | { slug: string },
): Promise<Product | null> {
  const row = await tx.product.findUnique({ where, include: { merchant: true } });
  return row && productOf(row);
}

/** In the order in which they were put in. */
export async function readBasket(
  tx: Database | Tx,
  userId: UserId,
): Promise<{ product: Product; quantity: number }[]> {
  const rows = await tx.basketLine.findMany({
    where: { userId },
    include: { product: { include: { merchant: true } } },
    orderBy: [{ addedAt: 'asc' }, { productId: 'asc' }],
  });
  return rows.map((row) => ({ product: productOf(row.product), quantity: row.quantity }));
}

export async function readOrder(tx: Database | Tx, where: { id: string; userId?: UserId }) {
  const row = await tx.order.findFirst({ where, include: LINES });
  return row && orderOf(row);
}

/** Newest first. */
export async function readOrders(
  tx: Database | Tx,
  { userId, skip, take }: { userId: UserId; skip: number; take: number },
): Promise<Order[]> {
  const rows = await tx.order.findMany({
    where: { userId },
    include: LINES,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    skip,
    take,
  });
  return rows.map(orderOf);
}

/** The order that a request with this key made, and for what. */
export async function readKeyedOrder(tx: Database | Tx, userId: UserId, key: string) {
  const row = await tx.idempotencyKey.findUnique({
    where: { scope_key: { scope: orderScope(userId), key } },
  });
  return row && { fingerprint: row.fingerprint, orderId: brand('ord', row.response) };
}

export function orderScope(userId: UserId): string {
  return `order:${userId}`;
}

/**
 * Runs `work` again when another request took a unique value (a basket line, an order number, a key) between its
 * read and its write; the second look finds what is there. Throws after `tries`.
 */
export async function retryOnConflict<T>(work: () => Promise<T>, tries = 4): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === tries || failureOf(error) === null) throw error;
    }
  }
}

const LINES = { lines: { orderBy: { position: 'asc' } } } as const;

type ProductRow = Awaited<ReturnType<Tx['product']['findMany']>>[number] & {
  merchant: Awaited<ReturnType<Tx['merchant']['findMany']>>[number];
};

type OrderLineRow = Awaited<ReturnType<Tx['orderLine']['findMany']>>[number];
type OrderRow = Awaited<ReturnType<Tx['order']['findMany']>>[number] & { lines: OrderLineRow[] };

function productOf(row: ProductRow): Product {
  return {
    id: brand('prd', row.id),
    slug: row.slug,
    merchant: merchantOf(row.merchant),
    category: oneOf(CATEGORIES, row.category),
    kind: oneOf(PRODUCT_KINDS, row.kind),
    title: { zh: row.titleZh, en: row.titleEn },
    description: { zh: row.descriptionZh, en: row.descriptionEn },
    priceMinor: row.priceMinor,
    currency: oneOf(CURRENCIES, row.currency),
    art: row.art,
  };
}

function merchantOf(row: ProductRow['merchant']): Merchant {
  return { id: row.id, kind: oneOf(MERCHANT_KINDS, row.kind), name: { zh: row.nameZh, en: row.nameEn } };
}

function orderOf(row: OrderRow): Order {
  return {
    id: brand('ord', row.id),
    number: row.number,
    userId: brand('usr', row.userId),
    state: oneOf(ORDER_STATES, row.state),
    currency: oneOf(CURRENCIES, row.currency),
    totalMinor: row.totalMinor,
    createdAt: row.createdAt,
    payBy: row.payBy,
    paidAt: row.paidAt,
    lines: row.lines.map(orderLineOf),
  };
}

function orderLineOf(row: OrderLineRow): OrderLine {
  return {
    id: brand('orl', row.id),
    productId: brand('prd', row.productId),
    merchantId: row.merchantId,
    merchantKind: oneOf(MERCHANT_KINDS, row.merchantKind),
    category: oneOf(LINE_CATEGORIES, row.category),
    kind: oneOf(PRODUCT_KINDS, row.kind),
    title: { zh: row.titleZh, en: row.titleEn },
    art: row.art,
    unitMinor: row.unitMinor,
    quantity: row.quantity,
    amountMinor: row.amountMinor,
  };
}

const CURRENCIES = ['CNY', 'USD'] as const satisfies readonly Currency[];

function oneOf<T extends string>(allowed: readonly T[], text: string): T {
  const found = allowed.find((value) => value === text);
  invariant(found !== undefined, `the shop does not know ${text}`);
  return found;
}

function brand<P extends IdPrefix>(prefix: P, text: string): Id<P> {
  const id = parseId(prefix, text);
  invariant(id, `${text} is not an id of kind ${prefix}`);
  return id;
}
