import type { SpendableCard } from '../lib/cards';
import { type Checkout, loadCheckout } from '../lib/checkout/load-checkout';
import type { Database } from '../lib/database';
import { type Id, newId } from '../lib/kernel';

export interface Shopper {
  readonly id: Id<'usr'>;
  readonly cards: readonly SpendableCard[];
}

interface Plan {
  readonly shoppers: readonly Shopper[];
  readonly merchants: number;
  readonly count: number;
}

const LINE_MINOR = 300n;
const ROWS = 500;

/**
 * Adds orders that wait to be paid, two lines each, one per card, the shoppers in turn. Their split is worked out once
 * and said of each, in the shape that checkout gives it.
 */
export async function addOrders(db: Database, { shoppers, merchants, count }: Plan): Promise<Checkout[]> {
  const now = new Date();
  const orders = Array.from({ length: count }, (_, index) => newOrder(shoppers, { merchants, index }));
  for (let start = 0; start < orders.length; start += ROWS) {
    await writeOrders(db, orders.slice(start, start + ROWS), now);
  }
  const [first] = orders;
  if (!first) return [];
  const template = await templateOf(db, first, now);
  return orders.map((order) => checkoutLike(template, order));
}

interface Order {
  readonly id: string;
  readonly shopper: Shopper;
  readonly merchantId: string;
  readonly lines: readonly string[];
}

function newOrder(
  shoppers: readonly Shopper[],
  { merchants, index }: { merchants: number; index: number },
): Order {
  const shopper = shoppers[index % shoppers.length];
  if (!shopper) throw new Error('there are shoppers');
  const merchantId = `merchant-${index % merchants}`;
  return { id: newId('ord'), shopper, merchantId, lines: [newId('orl'), newId('orl')] };
}

/** By SQL that both engines understand, because Prisma takes a minute for what a round needs. */
async function writeOrders(db: Database, orders: readonly Order[], now: Date): Promise<void> {
  const at = now.toISOString();
  const payBy = new Date(now.getTime() + 86_400_000).toISOString();
  const heads = orders.map(
    ({ id, shopper }) =>
      `('${id}', '${id}', '${shopper.id}', 'open', 'CNY', ${2n * LINE_MINOR}, '${at}', '${payBy}')`,
  );
  await db.$executeRawUnsafe(
    `INSERT INTO "Order" ("id", "number", "userId", "state", "currency", "totalMinor", "createdAt", "payBy") VALUES ${heads.join()}`,
  );
  const lines = orders.flatMap(({ id, merchantId, lines }) =>
    lines.map(
      (line, position) =>
        `('${line}', '${id}', ${position}, 'p', '${merchantId}', 'self', 'home', 'goods', '杯', 'Cup', 'cup', ${LINE_MINOR}, 1, ${LINE_MINOR})`,
    ),
  );
  await db.$executeRawUnsafe(
    `INSERT INTO "OrderLine" ("id", "orderId", "position", "productId", "merchantId", "merchantKind", "category", "kind", "titleZh", "titleEn", "art", "unitMinor", "quantity", "amountMinor") VALUES ${lines.join()}`,
  );
}

async function templateOf(db: Database, { id, shopper }: Order, now: Date): Promise<Checkout> {
  const choice = shopper.cards.map((card) => ({ cardId: card.id, maxMinor: LINE_MINOR }));
  const loaded = await loadCheckout(
    { db, now, zone: 'Asia/Shanghai' },
    { orderId: id, userId: shopper.id, choice },
  );
  if (!loaded.ok) throw new Error(loaded.refusal.code);
  return loaded.value;
}

/** The template's split with another order's and shopper's ids. */
function checkoutLike(template: Checkout, order: Order): Checkout {
  const lineIds = new Map(template.order.lines.map((line, index) => [line.id, order.lines[index] ?? '']));
  const cardIds = new Map(
    template.quote.cards.map((card, index) => [card.cardId, order.shopper.cards[index]?.id ?? '']),
  );
  const line = (id: string) => lineIds.get(id) ?? '';
  const card = (id: string) => cardIds.get(id) ?? '';
  return {
    order: {
      ...template.order,
      id: order.id,
      userId: order.shopper.id,
      lines: template.order.lines.map((each) => ({
        ...each,
        id: line(each.id),
        merchantId: order.merchantId,
        merchantAccountId: `account:${order.merchantId}`,
      })),
    },
    cards: order.shopper.cards,
    quote: {
      ...template.quote,
      allocations: template.quote.allocations.map((each) => ({
        ...each,
        cardId: card(each.cardId),
        lineId: line(each.lineId),
      })),
      cards: template.quote.cards.map((each) => ({ ...each, cardId: card(each.cardId) })),
      lines: template.quote.lines.map((each) => ({ ...each, lineId: line(each.lineId) })),
    },
  };
}
