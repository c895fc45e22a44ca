import { type Fields, Lost } from './browser';
import { between, chance, oneOf, pause } from './chance';
import type { PayPlan, Purchase, RefundWish } from './journal';
import { fieldNames, gatewayAddress, headingOf } from './pages';
import { acknowledge, insist, odd, type Shopper } from './shopper-context';

/**
 * Takes a purchase as far as it goes now: order, pay, confirm at the gateway, look at the result, send back. Each step
 * is repeated with its key until the shop has answered, and what it answered is written into the purchase. Throws `Lost`
 * when the shopper has had enough; calling it again goes on.
 */
export async function goOn(shopper: Shopper, purchase: Purchase): Promise<void> {
  const orderId = await ordered(shopper, purchase);
  if (!(await paid(shopper, purchase, orderId))) return;
  await sentBack(shopper, purchase, orderId);
  purchase.finished = true;
}

async function ordered(shopper: Shopper, purchase: Purchase): Promise<string> {
  const [known] = purchase.orderIds;
  if (known) return known;
  const { product, quantity, orderKey } = purchase;
  const hidden = await shopper.context.forms.buyNow(shopper.browser, product.slug);
  const fields: Fields = [
    ...hidden,
    ['productId', product.id],
    ['idempotencyKey', orderKey],
    ['quantity', String(quantity)],
  ];
  await insist(shopper, () =>
    perhapsTwice(shopper, async () => {
      const answer = await shopper.browser.post(`/shop/${product.slug}`, fields);
      const [, orderId] = /^\/checkout\/(ord_\w+)$/.exec(answer.location ?? '') ?? [];
      if (!orderId) throw odd(answer, 'ordering');
      purchase.orderIds.add(orderId);
      acknowledge(shopper);
    }),
  );
  const [orderId] = purchase.orderIds;
  if (!orderId) throw new Lost('no order yet');
  return orderId;
}

/** True once it is paid; false when it ended another way (`finished` is set then). */
async function paid(shopper: Shopper, purchase: Purchase, orderId: string): Promise<boolean> {
  while (!purchase.paid) {
    if (purchase.plansMade > 3 && !purchase.plan) {
      await cancelOrder(shopper, purchase, orderId);
      return false;
    }
    const plan = purchase.plan ?? makePlan(shopper, purchase);
    purchase.plan = plan;
    if (!plan.accepted) await submit(shopper, purchase, { orderId, plan });
    if (purchase.plan) await follow(shopper, purchase, { orderId, plan });
  }
  return true;
}

/** Half of all payments by cards alone, the others split with the gateway, a few by the gateway alone. */
function makePlan({ story }: Shopper, purchase: Purchase): PayPlan {
  purchase.plansMade += 1;
  const able = story.bindings.filter(({ cardId, leftMinor }) => cardId !== null && leftMinor > 0n);
  const whole = purchase.plansMade > 2 ? 0 : between(0, 9);
  const wish =
    whole >= 5 ? purchase.totalMinor : whole >= 1 ? (purchase.totalMinor * BigInt(whole)) / 7n : 0n;
  const cards: { binding: (typeof able)[number]; amountMinor: bigint }[] = [];
  let left = wish;
  for (const binding of able) {
    const most = cards.length === 0 && chance(0.3) ? left / 2n : left;
    const amountMinor = binding.leftMinor < most ? binding.leftMinor : most;
    if (amountMinor <= 0n) continue;
    cards.push({ binding, amountMinor });
    left -= amountMinor;
  }
  for (const { binding, amountMinor } of cards) binding.leftMinor -= amountMinor;
  const cardMinor = cards.reduce((sum, each) => sum + each.amountMinor, 0n);
  const externalMinor = purchase.totalMinor - cardMinor;
  return { key: crypto.randomUUID(), cards, cardMinor, externalMinor, accepted: false };
}

/** The plan came to nothing: the shopper counts on the cards' value again. */
function giveBack(purchase: Purchase): void {
  for (const { binding, amountMinor } of purchase.plan?.cards ?? []) binding.leftMinor += amountMinor;
  purchase.plan = null;
  purchase.cashierPath = null;
}

interface Paying {
  readonly orderId: string;
  readonly plan: PayPlan;
}

async function submit(shopper: Shopper, purchase: Purchase, { orderId, plan }: Paying): Promise<void> {
  const fields: Fields = [
    ['idempotencyKey', plan.key],
    ['cardMinor', plan.cardMinor.toString()],
    ['externalMinor', plan.externalMinor.toString()],
    ['method', plan.externalMinor > 0n ? 'alipay' : ''],
    ['own', '1'],
    ...plan.cards.map(({ binding, amountMinor }) => ['card', `${binding.cardId}:${amountMinor}`] as const),
  ];
  const send = async () => {
    const answer = await shopper.browser.post(`/checkout/${orderId}/pay`, fields, 'urlencoded');
    const location = answer.location ?? '';
    if (location === `/checkout/${orderId}/result` || location === `/checkout/${orderId}/cashier`) {
      plan.accepted = true;
      acknowledge(shopper);
    } else if (!location.includes('problem=split_changed')) throw odd(answer, 'paying');
  };
  await insist(shopper, () => perhapsTwice(shopper, send));
  if (!plan.accepted) giveBack(purchase);
}

/** The gateway's part, and then what the shop says of it all. */
async function follow(shopper: Shopper, purchase: Purchase, { orderId, plan }: Paying): Promise<void> {
  if (plan.externalMinor > 0n && !purchase.cashierPath) await reachCashier(shopper, purchase, orderId);
  if (purchase.cashierPath && purchase.confirmedAtGateway === 0) {
    await atTheCashier(shopper, purchase, { orderId, path: purchase.cashierPath });
  }
  const heading = await result(shopper, purchase, { orderId, plan });
  switch (heading) {
    case '付好了':
      return;
    case '正在确认付款':
    case '正在取消付款':
      if (shopper.context.isInjecting() && chance(0.5)) throw new Lost('looking again later');
      await pause(between(100, 600));
      return;
    case '没有付成':
    case '迟到的付款已退回':
      purchase.confirmedAtGateway = 0;
      giveBack(purchase);
      return;
    case '迟到的付款正在退回':
      await pause(500);
      return;
    default:
      throw new Error(`a result page says ${heading}`);
  }
}

/** Asks how the payment stands, and holds the answer against what was said before. */
async function result(shopper: Shopper, purchase: Purchase, { orderId, plan }: Paying): Promise<string> {
  const answer = await insist(shopper, () => shopper.browser.get(`/checkout/${orderId}/result`));
  if (answer.status !== 200) throw odd(answer, 'the result');
  const heading = headingOf(answer.body);
  if (heading === '付好了') {
    purchase.paid = plan;
    acknowledge(shopper);
  }
  return heading;
}

async function reachCashier(shopper: Shopper, purchase: Purchase, orderId: string): Promise<void> {
  const answer = await insist(shopper, () => shopper.browser.get(`/checkout/${orderId}/cashier`));
  const address = gatewayAddress(answer.body);
  if (!address) return;
  const path = await shopper.context.gateway.visit(address).catch(() => null);
  if (path) purchase.cashierPath = path;
}

/** Pays, or leaves for now, or gives the payment up; sometimes both at the same moment. */
async function atTheCashier(
  shopper: Shopper,
  purchase: Purchase,
  { orderId, path }: { orderId: string; path: string },
): Promise<void> {
  const confirm = async () => {
    if (await shopper.context.gateway.confirm(path).catch(() => false)) purchase.confirmedAtGateway += 1;
  };
  switch (oneOf(['pay', 'pay', 'pay', 'pay', 'pay', 'pay twice', 'leave', 'give up', 'race'])) {
    case 'pay':
      return confirm();
    case 'pay twice':
      await Promise.all([confirm(), confirm()]);
      return;
    case 'give up':
      return giveUp(shopper, orderId);
    case 'race':
      await Promise.allSettled([giveUp(shopper, orderId), confirm()]);
      return;
  }
}

async function giveUp(shopper: Shopper, orderId: string): Promise<void> {
  const path = `/checkout/${orderId}/result`;
  const page = await shopper.browser.get(path);
  if (headingOf(page.body) !== '正在确认付款') return;
  const hidden = await shopper.context.forms.giveUp(shopper.browser, path);
  await shopper.browser.post(path, [...hidden, ['orderId', orderId]]);
}

async function cancelOrder(shopper: Shopper, purchase: Purchase, orderId: string): Promise<void> {
  const path = `/orders/${orderId}`;
  await insist(shopper, async () => {
    const hidden = await shopper.context.forms.cancelOrder(shopper.browser, path);
    const answer = await shopper.browser.post(path, [...hidden, ['orderId', orderId]]);
    if (answer.location === `${path}?problem=payment_under_way`) throw new Lost('still under way');
    if (!answer.location?.startsWith(`${path}?`)) throw odd(answer, 'cancelling');
  });
  purchase.cancelled = true;
  purchase.finished = true;
  acknowledge(shopper);
}

/** A third of what is paid goes back: whole, or in up to three parts. */
async function sentBack(shopper: Shopper, purchase: Purchase, orderId: string): Promise<void> {
  if (purchase.refunds.length === 0 && chance(0.35)) purchase.refunds.push(...wishes(purchase.totalMinor));
  for (const wish of purchase.refunds.filter(({ accepted }) => !accepted)) {
    await sendBack(shopper, orderId, wish);
  }
}

function wishes(totalMinor: bigint): RefundWish[] {
  const wish = (amountMinor: bigint): RefundWish => ({
    key: crypto.randomUUID(),
    amountMinor,
    accepted: false,
  });
  if (chance(0.4)) return [wish(totalMinor)];
  const parts = between(1, 3);
  return Array.from({ length: parts }, () => wish((totalMinor * BigInt(between(10, 33))) / 100n));
}

async function sendBack(shopper: Shopper, orderId: string, wish: RefundWish): Promise<void> {
  const path = `/orders/${orderId}/refund`;
  const page = await insist(shopper, () => shopper.browser.get(`${path}?from=whole`));
  const hidden = await insist(shopper, () =>
    shopper.context.forms.refund(shopper.browser, `${path}?from=whole`),
  );
  const [line] = fieldNames(page.body, 'amount.');
  // Refunded whole by the try whose answer was lost: the same key still tells.
  const amount: Fields = line
    ? [[line, `${wish.amountMinor / 100n}.${String(wish.amountMinor % 100n).padStart(2, '0')}`]]
    : [];
  const fields: Fields = [
    ...hidden,
    ['orderId', orderId],
    ['idempotencyKey', wish.key],
    ['reason', 'unwanted'],
    ...amount,
  ];
  await insist(shopper, () =>
    perhapsTwice(shopper, async () => {
      const answer = await shopper.browser.post(path, fields);
      if (answer.location === `/orders/${orderId}?refunded=1`) {
        wish.accepted = true;
        acknowledge(shopper);
      } else if (answer.location === `${path}?refused=1`) throw new Lost('refused for now');
      else throw odd(answer, 'refunding');
    }),
  );
}

/** Now and then the same request goes out twice at once; one answer is enough. */
async function perhapsTwice(shopper: Shopper, work: () => Promise<void>): Promise<void> {
  if (!shopper.context.isInjecting() || !chance(0.1)) return work();
  const results = await Promise.allSettled([work(), work()]);
  const failures = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  const odd = failures.find((reason) => !(reason instanceof Lost));
  if (odd) throw odd;
  if (failures.length === results.length) throw failures[0];
}
