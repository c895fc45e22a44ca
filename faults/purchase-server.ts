/**
 * One server of a campaign of purchases, with its worker inside: `tsx faults/purchase-server.ts LANE LANES` serves the
 * buyers of its lane. Each orders, pays at the gateway's cashier, and then hands the cards back or has them sent; what the
 * server before this one had begun when it died is asked for again with the same keys. It dies where `KABAO_FAULT` says.
 */
import { checkoutContext, checkPayment, payOrder } from '../lib/checkout';
import { database } from '../lib/database';
import { env } from '../lib/env';
import { armFaults } from '../lib/faults';
import type { ShopperStep } from '../lib/gateways';
import { startWorker } from '../lib/jobs';
import { invariant } from '../lib/kernel';
import { moveShipment, placePurchase, salesContext, withdrawPurchase } from '../lib/sales';
import { SHIPMENT_NEXT } from '../lib/sales/model';
import { pause } from './chance';
import { allBuyers, type Buyer, wishOf } from './purchase-list';

/** So many buyers are served at once; those whose messages a dead server has taken wait for half a minute. */
const AT_ONCE = 8;
const DESK = { id: 'usr_desk', role: 'support' };

const [lane = 0, lanes = 1] = process.argv.slice(2).map(Number);
armFaults(env().faults);
const worker = startWorker();
process.on('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
await serve((await allBuyers()).filter(({ place }) => place % lanes === lane));
// What others paid or handed back is still to be made and sent.
setInterval(() => undefined, 60_000);

async function serve(buyers: readonly Buyer[]): Promise<void> {
  let waiting = buyers;
  while (waiting.length > 0) {
    const served = waiting.slice(0, AT_ONCE);
    const ended = await Promise.all(served.map(goOnOrLater));
    waiting = waiting.filter((_, index) => !ended[index]);
    if (!ended.includes(true)) await pause(100);
  }
}

/** A buyer whom a failure is answered (a database too busy to connect to) asks again; it is told to the campaign. */
async function goOnOrLater(buyer: Buyer): Promise<boolean> {
  try {
    return await goOn(buyer);
  } catch (error) {
    process.stderr.write(`failed: ${error instanceof Error ? error.message : error}\n`);
    return false;
  }
}

/** Takes a purchase as far as it goes now. True when the buyer has nothing more to do. */
async function goOn(buyer: Buyer): Promise<boolean> {
  const purchase = await database().cardPurchase.findFirst({ where: { userId: buyer.userId } });
  switch (purchase?.state) {
    case undefined:
      await order(buyer);
      return false;
    case 'open':
      await pay(buyer, purchase.orderId);
      return false;
    case 'issued':
      if (buyer.fate === 'withdrawn') {
        await withdrawPurchase(salesContext(new Date()), { ...buyer, purchaseId: purchase.id });
        return false;
      }
      if (buyer.fate === 'halved') return halve(buyer, purchase);
      return buyer.fate === 'delivered' ? send(purchase.id) : true;
    default:
      return purchase?.state === 'withdrawn';
  }
}

async function order(buyer: Buyer): Promise<void> {
  const placed = await placePurchase(salesContext(new Date()), await wishOf(buyer));
  invariant(placed.ok, `an order is refused: ${placed.ok ? '' : placed.refusal.code}`);
}

async function pay({ place, userId }: Buyer, orderId: string): Promise<void> {
  const { state, totalMinor } = await database().order.findUniqueOrThrow({ where: { id: orderId } });
  if (state === 'paid') return;
  const begun = await payOrder(checkoutContext(new Date()), {
    orderId,
    userId,
    method: 'alipay',
    expected: { cardMinor: 0n, externalMinor: totalMinor },
    idempotencyKey: `payment-${place}`,
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '购物卡',
  });
  if (!begun.ok) return;
  if (begun.value.status === 'proceed') await confirmAtCashier(begun.value.next);
  await checkPayment(checkoutContext(new Date()), begun.value.payment.id);
}

/** A trade that is paid has no cashier any more. */
async function confirmAtCashier(next: ShopperStep): Promise<void> {
  invariant(next.kind === 'redirect', 'the sandbox sends to an address');
  const opened = await fetch(next.url, { redirect: 'manual' });
  const path = opened.headers.get('location') ?? '';
  if (!path.includes('/cashier/')) return;
  const decision = new URL(`${path}/decision`, next.url);
  await fetch(decision, {
    method: 'POST',
    body: new URLSearchParams({ decision: 'pay' }),
    redirect: 'manual',
  });
}

/** Hands the first card back; true when that is done. */
async function halve(buyer: Buyer, { id: purchaseId, batchId }: { id: string; batchId: string | null }) {
  const cards = await database().card.findMany({ where: { batchId }, orderBy: { id: 'asc' } });
  const [first] = cards;
  invariant(first, 'an issued purchase has cards');
  if (first.state === 'closed') return true;
  await withdrawPurchase(salesContext(new Date()), { ...buyer, purchaseId, cardIds: [first.id] });
  return false;
}

/** The parcel's next step; true when it has arrived. */
async function send(purchaseId: string): Promise<boolean> {
  const parcel = await database().shipment.findUniqueOrThrow({ where: { purchaseId } });
  const to = Object.entries(SHIPMENT_NEXT).find(([state]) => state === parcel.state)?.[1];
  if (!to || to === 'preparing') return true;
  await moveShipment(salesContext(new Date()), { shipmentId: parcel.id, to, actor: DESK });
  return false;
}
