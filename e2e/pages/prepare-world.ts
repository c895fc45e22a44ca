/**
 * Two shoppers for the walk through all pages, one who has everything and one who has nothing:
 * `tsx e2e/pages/prepare-world.ts` prints them as JSON. The server of the same database must be running, because it
 * plays the gateway.
 */
import { encode } from 'next-auth/jwt';
import { bindCard, type CardContext, cardKeys, drawCards, freezeCard, issueCards } from '../../lib/cards';
import {
  cancelPayment,
  checkoutContext,
  checkPayment,
  findPayment,
  loadCheckout,
  type Payment,
  payOrder,
  refundPayment,
} from '../../lib/checkout';
import { database } from '../../lib/database';
import { env } from '../../lib/env';
import { sandboxConfig } from '../../lib/gateways';
import { answerGatewayRequest, payTrade, setSwitches } from '../../lib/gateways/sandbox';
import { SESSION_MAX_MS, type SignedInUser, signIn, signUp } from '../../lib/identity';
import {
  DAY_MS,
  HOUR_MS,
  type Id,
  invariant,
  MINUTE_MS,
  newId,
  type Result,
  SECOND_MS,
} from '../../lib/kernel';
import { addToBasket, cancelOrder, placeOrder, productBySlug } from '../../lib/shop';
import { addCardServices } from '../card-services';
import type { Demo } from '../demo';
import { addGifts } from './add-gifts';
import { addPurchases } from './add-purchases';
import type { World } from './world';

const demo: Demo = JSON.parse(process.env.KABAO_WORLD_OF ?? '{}');
const STAFF = /^(support|supervisor)$/;
const db = database();
const now = new Date();
const origin = { network: '198.51.100.0/24', deviceId: 'walk', userAgent: null };
const owner = await addPerson('owner', '林小满');
const newcomer = await addPerson('newcomer');
const broken = await addPerson('broken');
// Nothing can be told of such a person, not even in the header: every page of theirs fails as a whole.
await db.user.updateMany({ where: { id: broken.id }, data: { role: 'broken' } });
const cards = await addCards(owner.id);
const services = await addCardServices(owner.id);
const FIFTY_YUAN = { cardId: cards.rich, maxMinor: 5_000n };
const orders = await addOrders();
const purchases = await addPurchases({
  owner: owner.id,
  now,
  pay: async (orderId) => payAtCashier(await pay(orderId, [])),
});
const giver = await addPerson('giver');
const given = await addGifts(db, { owner: owner.id, giver: giver.id });
for (const slug of ['celadon-mug', 'cherries', 'gold-bar-5g']) {
  must(await addToBasket({ db, now }, { userId: owner.id, productId: await productId(slug), quantity: 2 }));
}
const { lastFour } = await db.card.findUniqueOrThrow({ where: { id: cards.rich } });
const mug = await productId('celadon-mug');
const sessions: World['sessions'] = {
  owner: await cookieOf(owner),
  newcomer: await cookieOf(newcomer),
  broken: await cookieOf(broken),
  support: await cookieOf(await signInStaff('support')),
  supervisor: await cookieOf(await signInStaff('supervisor')),
};
const world: World = {
  owner,
  newcomer,
  cards,
  services,
  ...orders,
  purchases,
  ...given,
  mug,
  lastFour,
  sessions,
};
process.stdout.write(JSON.stringify(world));
process.exit(0);

async function addPerson(kind: string, name = ''): Promise<SignedInUser> {
  const login = `${kind}-${process.pid}-${Date.now()}@example.com`;
  const password = `songguo-lanhai-${process.pid}7`;
  return must(await signUp({ db, now }, { login, password, name, locale: 'zh-CN', origin }));
}

async function signInStaff(role: 'support' | 'supervisor'): Promise<SignedInUser> {
  const person = demo.staff.find((each) => each.role === role);
  invariant(person, `the demo has a ${role}`);
  const { login, password } = person;
  return must(await signIn({ db, now }, { login, password, origin, knownDevice: true }));
}

/** What the browser of who has just signed in keeps: `writeSessionCookie` in words that need no request. */
async function cookieOf(user: SignedInUser) {
  const token = { sub: user.id, sid: user.sessionId, staff: STAFF.test(user.role) };
  const maxAge = SESSION_MAX_MS / SECOND_MS;
  const value = await encode({ token, secret: env().sessionSecret, maxAge });
  return [{ name: 'next-auth.session-token', value, url: demo.url }];
}

/** A wallet with a card in each state; `rich` pays for the orders. */
async function addCards(userId: Id<'usr'>) {
  const rich = await addCard(userId, { programme: 'fuyun', faceMinor: 100_000n });
  const frozen = await addCard(userId, { programme: 'fuyun', faceMinor: 10_000n });
  const actor = { id: userId, role: 'shopper' };
  must(await freezeCard({ db, now }, { cardId: frozen, actor, reason: 'walk' }));
  return {
    rich,
    frozen,
    soon: await addCard(userId, { programme: 'zengka', faceMinor: 5_000n, daysAgo: 359 }),
    expired: await addCard(userId, { programme: 'zengka', faceMinor: 3_000n, daysAgo: 400 }),
    usedUp: await addCard(userId, { programme: 'fuyun', faceMinor: 3_900n }),
  };
}

async function addCard(
  userId: Id<'usr'>,
  { programme, faceMinor, daysAgo = 0 }: { programme: string; faceMinor: bigint; daysAgo?: number },
): Promise<Id<'crd'>> {
  const at = new Date(now.getTime() - daysAgo * DAY_MS);
  const context: CardContext = { db, now: at, keys: cardKeys(), zone: env().issuerZone };
  const list = must(await drawCards(context, { programmeId: programme, count: 1, faceMinor }));
  must(await issueCards(context, list, { id: newId('btc') }));
  const [secret] = list.cards;
  invariant(secret, 'one card was drawn');
  const bound = await bindCard(context, {
    ...secret,
    userId,
    network: origin.network,
    device: origin.deviceId,
  });
  return must(bound).cardId;
}

/** An order in each state. Those paid by card alone leave a statement of more than one page behind. */
async function addOrders() {
  const usedUp = await order('wool-socks');
  await pay(usedUp, [{ cardId: cards.usedUp }, { cardId: cards.rich }]);
  for (let index = 0; index < 11; index += 1) await refundHalf(await payByCards(await order('celadon-mug')));
  const paid = await order('celadon-mug', 2);
  const cashier = await payAtCashier(await pay(paid, [FIFTY_YUAN]));
  const gold = await order('gold-bar-5g');
  await payAtCashier(await pay(gold, []));
  const partly = await order('celadon-mug');
  await refundHalf(await payByCards(partly));
  const open = await order('linen-shirt', 2);
  const cancelled = await order('tote-bag');
  must(await cancelOrder({ db, now }, { userId: owner.id, orderId: cancelled }));
  const lapsed = await order('yoga-mat', 1, new Date(now.getTime() - HOUR_MS));
  const pending = await order('linen-shirt', 3);
  const waiting = await openCashier(await pay(pending, [FIFTY_YUAN]));
  const unpaid = await order('jasmine-tea');
  const givenUp = await pay(unpaid, []);
  await openCashier(givenUp);
  await cancelPayment(checkoutContext(now), givenUp.payment);
  return {
    orders: {
      usedUp,
      paid,
      gold,
      partly,
      open,
      cancelled,
      lapsed,
      pending,
      unpaid,
      cancelling: await addStuckOrder(),
      late: await addLateOrder(),
      broken: await addBrokenOrder(),
    },
    cashiers: { waiting, paid: cashier },
  };
}

async function order(slug: string, quantity = 1, at = now) {
  const from = { source: 'product' as const, productId: await productId(slug), quantity };
  const placed = await placeOrder({ db, now: at }, { userId: owner.id, idempotencyKey: newId('att'), from });
  return must(placed).orderId;
}

async function productId(slug: string) {
  const product = await productBySlug(db, slug);
  invariant(product, `the shop sells ${slug}`);
  return product.id;
}

/** Pays with these cards first and with Alipay for the rest. */
async function pay(orderId: Id<'ord'>, chosen: readonly { cardId: string; maxMinor?: bigint }[], at = now) {
  const context = checkoutContext(at);
  const choice = chosen.map(({ cardId, maxMinor }) => ({ cardId, maxMinor: maxMinor ?? null }));
  const { quote } = must(await loadCheckout(context, { orderId, userId: owner.id, choice }));
  const input = {
    orderId,
    userId: owner.id,
    choice,
    method: quote.remainderMinor > 0n ? ('alipay' as const) : null,
    expected: { cardMinor: quote.cardMinor, externalMinor: quote.remainderMinor },
    idempotencyKey: newId('att'),
    mode: 'mobile' as const,
    returnUrl: () => `${env().origin}/checkout/${orderId}/result`,
    subject: '卡包 walk',
  };
  return must(await payOrder(context, input));
}

type Paying = Awaited<ReturnType<typeof pay>>;

async function payByCards(orderId: Id<'ord'>): Promise<Payment> {
  return (await pay(orderId, [{ cardId: cards.rich }])).payment;
}

async function refundHalf({ id, tenders }: Payment): Promise<void> {
  const lines = tenders.flatMap((tender) =>
    tender.lines.map((line) => ({ lineId: line.orderLineId, amountMinor: line.amountMinor / 2n })),
  );
  const reason = 'unwanted';
  must(
    await refundPayment(checkoutContext(now), {
      paymentId: id,
      lines,
      reason,
      actorId: owner.id,
      idempotencyKey: newId('att'),
    }),
  );
}

/** Goes to the gateway as the shopper's browser does; returns the id of its cashier page. */
async function openCashier(paying: Paying, at = now): Promise<string> {
  invariant(paying.status === 'proceed', `there is nothing to pay at the gateway: ${paying.status}`);
  const step = paying.next;
  const request =
    step.kind === 'redirect'
      ? new Request(step.url)
      : new Request(step.action, { method: 'POST', body: new URLSearchParams(step.fields) });
  const response = await answerGatewayRequest(sandbox(at), request);
  const [, id] = /cashier\/(.+)$/.exec(response.headers.get('location') ?? '') ?? [];
  invariant(id, `the cashier did not open: ${response.status} ${response.headers.get('location')}`);
  return id;
}

async function payAtCashier(paying: Paying): Promise<string> {
  const id = await openCashier(paying);
  await payTrade(sandbox(now), id);
  await checkPayment(checkoutContext(now), paying.payment.id);
  return id;
}

function sandbox(at: Date) {
  const config = sandboxConfig(env());
  invariant(config, 'the sandbox is on');
  return { db, config, now: at, defer: () => undefined };
}

/** Given up, but the gateway's answer to the close cannot be believed. */
async function addStuckOrder() {
  const orderId = await order('linen-shirt');
  const paying = await pay(orderId, [FIFTY_YUAN]);
  await openCashier(paying);
  await setSwitches({ db }, tenderAtGateway(paying.payment), { forgeAnswers: ['close', 'query'] });
  await cancelPayment(checkoutContext(now), paying.payment);
  return orderId;
}

/** Money that came after its payment was over, and that the gateway will not take back yet. */
async function addLateOrder() {
  // The gateway's window and its grace are over, and the audit does not call it left alone yet.
  const before = new Date(now.getTime() - 20 * MINUTE_MS);
  const orderId = await order('jasmine-tea', 1, before);
  const paying = await pay(orderId, [], before);
  await setSwitches({ db }, tenderAtGateway(paying.payment), { refuseRefunds: true });
  await cancelPayment(checkoutContext(now), paying.payment);
  await payTrade(sandbox(before), await openCashier(paying, before));
  const payment = await findPayment(db, paying.payment.id);
  invariant(payment?.state === 'CANCELLED', `the late payment was over before: ${payment?.state}`);
  return orderId;
}

function tenderAtGateway({ tenders }: Payment): string {
  const tender = tenders.find(({ kind }) => kind === 'external');
  invariant(tender, 'the gateway has a part');
  return tender.id;
}

/** A row that no page can read, to see what a failing page looks like. */
async function addBrokenOrder() {
  const orderId = await order('bath-towels', 1, new Date(now.getTime() - 400 * DAY_MS));
  await db.orderLine.updateMany({ where: { orderId }, data: { kind: 'broken' } });
  return orderId;
}

function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`the world is refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
