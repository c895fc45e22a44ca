import type { Database } from '@/lib/database';
import { isStorableText } from '@/lib/kernel';
import { basketOf } from './basket';
import {
  type Basket,
  type Category,
  isPayableByCard,
  matchesQuery,
  type Order,
  type OrderId,
  type Product,
  type ProductId,
  type UserId,
} from './model';
import type { ShopQuery } from './schemas';
import { readBasket, readOrder, readOrders, readProduct, readProducts } from './store';

export interface ShopPage {
  readonly products: readonly Product[];
  /** How many match, on all pages. */
  readonly found: number;
  readonly page: number;
  readonly pages: number;
}

const PRODUCTS_PER_PAGE = 24;
const ORDERS_PER_PAGE = 10;

/**
 * What the shop shows for an address. The shelf is read whole and sifted here: a demo shop has tens of products, and
 * SQLite and PostgreSQL fold letter case differently. `departmentName` lets a search find a department by its name.
 */
export async function shopPage(
  db: Database,
  query: ShopQuery,
  departmentName: (category: Category) => string,
): Promise<ShopPage> {
  const found = sift(await readProducts(db), query, departmentName);
  const pages = Math.max(1, Math.ceil(found.length / PRODUCTS_PER_PAGE));
  const page = Math.min(query.page, pages);
  const start = (page - 1) * PRODUCTS_PER_PAGE;
  return { products: found.slice(start, start + PRODUCTS_PER_PAGE), found: found.length, page, pages };
}

/** Products that match the address, in its order; equal prices keep the order of the shelf. */
export function sift(
  products: readonly Product[],
  query: ShopQuery,
  departmentName: (category: Category) => string,
): Product[] {
  const found = products.filter(
    (product) =>
      (query.category === undefined || product.category === query.category) &&
      (!query.card || isPayableByCard(product.kind)) &&
      matchesQuery([...textsOf(product), departmentName(product.category)], query.q),
  );
  if (query.sort === 'shelf') return found;
  const direction = query.sort === 'price-up' ? 1 : -1;
  return found.sort((a, b) => direction * compare(a.priceMinor, b.priceMinor));
}

export async function productBySlug(db: Database, slug: string): Promise<Product | null> {
  return isStorableText(slug) ? readProduct(db, { slug }) : null;
}

export function productById(db: Database, id: ProductId): Promise<Product | null> {
  return readProduct(db, { id });
}

/** Others of the same department, at most `count`. */
export async function productsBeside(db: Database, product: Product, count: number): Promise<Product[]> {
  const shelf = (await readProducts(db)).filter((other) => other.category === product.category);
  const at = shelf.findIndex((other) => other.id === product.id);
  return [...shelf.slice(at + 1), ...shelf.slice(0, at)].slice(0, count);
}

export async function basketView(db: Database, userId: UserId): Promise<Basket> {
  return basketOf(await readBasket(db, userId));
}

/** How many things are in the basket: what the header shows. */
export async function basketCount(db: Database, userId: UserId): Promise<number> {
  const { _sum } = await db.basketLine.aggregate({ where: { userId }, _sum: { quantity: true } });
  return _sum.quantity ?? 0;
}

/** The shopper's orders, newest first, a page of ten; `hasNext` without counting them all. */
export async function ordersPage(
  db: Database,
  { userId, page }: { userId: UserId; page: number },
): Promise<{ orders: readonly Order[]; hasNext: boolean }> {
  const skip = (page - 1) * ORDERS_PER_PAGE;
  const orders = await readOrders(db, { userId, skip, take: ORDERS_PER_PAGE + 1 });
  return { orders: orders.slice(0, ORDERS_PER_PAGE), hasNext: orders.length > ORDERS_PER_PAGE };
}

/** The shopper's own order; somebody else's answers like one that does not exist. */
export function orderView(
  db: Database,
  { userId, orderId }: { userId: UserId; orderId: OrderId },
): Promise<Order | null> {
  return readOrder(db, { id: orderId, userId });
}

function textsOf({ title, description, merchant }: Product): readonly string[] {
  return [title.zh, title.en, description.zh, description.en, merchant.name.zh, merchant.name.en];
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
