/**
 * Fills an empty installation for the demo: shop, people, cards as `DemoCard` lists them, and a little history. Writes
 * what a visitor needs into `<data folder>/demo.json`. Does nothing when that is done already.
 */
import { randomInt } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { activateCards, bindCard, cardKeys, drawCards, freezeCard, issueCards } from '../lib/cards';
import { checkoutContext, loadCheckout, payOrder } from '../lib/checkout';
import { database } from '../lib/database';
import { dataFolder, env } from '../lib/env';
import { createStaff, signUp } from '../lib/identity';
import { DAY_MS, type Id, invariant, newId, parseId, type Result } from '../lib/kernel';
import { placeOrder, seedShop } from '../lib/shop';

interface DemoCard {
  number: string;
  password: string;
  programme: string;
  faceMinor: string;
  expiresAt: string | null;
  state: 'unbound' | 'not_activated' | 'bound' | 'expiring_soon' | 'expired' | 'frozen' | 'used_up';
}

interface DemoPerson {
  login: string;
  password: string;
  name: string;
}

const db = database();
const now = new Date();
const file = process.argv[2] ?? join(dataFolder(), 'demo.json');
if (existsSync(file)) process.exit(0);

const step = (text: string) => process.stderr.write(`  ${text}\n`);
const origin = { network: '127.0.0.0/24', deviceId: 'demo', userAgent: null };

step('shop');
await seedShop(db, now);
step('people');
const shoppers = [
  await addShopper({ login: '13800138000', name: '林小满', password: password() }),
  await addShopper({ login: 'lee@example.com', name: 'Lee', password: password() }),
];
const staff = [await addStaff('support', '客服小周'), await addStaff('supervisor', '主管老吴')];
step('cards');
const [first] = shoppers;
invariant(first, 'there is a shopper');
const cards = await makeCards(first.id);
step('orders');
await makeHistory(first.id);

writeFileSync(
  file,
  `${JSON.stringify(
    {
      url: env().origin,
      shoppers: shoppers.map(({ id: _, ...person }) => person),
      cards,
      staff: staff.map(({ person, role }) => ({ login: person.login, password: person.password, role })),
    },
    null,
    2,
  )}\n`,
  { mode: 0o600 },
);
process.exit(0);

async function addShopper(person: DemoPerson): Promise<DemoPerson & { id: Id<'usr'> }> {
  const user = must(await signUp({ db, now }, { ...person, locale: 'zh-CN', origin }));
  return { ...person, id: user.id };
}

async function addStaff(role: 'support' | 'supervisor', name: string) {
  const person: DemoPerson = { login: `${role}@example.com`, name, password: password() };
  must(await createStaff({ db, now }, { ...person, role, locale: 'zh-CN' }));
  return { person, role };
}

/** Cards to bind, and one of each look in the first shopper's wallet. */
async function makeCards(userId: Id<'usr'>): Promise<DemoCard[]> {
  const longAgo = new Date(now.getTime() - 400 * DAY_MS);
  const almostAYearAgo = new Date(now.getTime() - 359 * DAY_MS);
  const actor = { id: userId, role: 'shopper' };
  const unbound = [
    await make({ programme: 'fuyun', faceMinor: 50_000n, state: 'unbound' }),
    await make({ programme: 'fuyun', faceMinor: 20_000n, state: 'unbound' }),
    await make({ programme: 'fuyun', faceMinor: 8_800n, state: 'unbound' }),
    await make({ programme: 'zengka', faceMinor: 5_000n, state: 'unbound' }),
    await make({ programme: 'zhenxiang', faceMinor: 50_000n, state: 'unbound', activate: true }),
    await make({ programme: 'zhenxiang', faceMinor: 10_000n, state: 'not_activated' }),
  ];
  const frozen = await make({ programme: 'fuyun', faceMinor: 10_000n, state: 'frozen', bindTo: userId });
  must(await freezeCard({ db, now }, { cardId: frozen.cardId, actor, reason: '卡面可能泄露' }));
  const bound = [
    await make({ programme: 'fuyun', faceMinor: 28_650n, state: 'bound', bindTo: userId }),
    await make({
      programme: 'zhenxiang',
      faceMinor: 150_000n,
      state: 'bound',
      bindTo: userId,
      activate: true,
    }),
    await make({
      programme: 'zengka',
      faceMinor: 5_000n,
      state: 'expiring_soon',
      bindTo: userId,
      at: almostAYearAgo,
    }),
    await make({ programme: 'zengka', faceMinor: 3_000n, state: 'expired', bindTo: userId, at: longAgo }),
    await make({ programme: 'fuyun', faceMinor: 3_900n, state: 'used_up', bindTo: userId }),
    frozen,
  ];
  return [...unbound, ...bound].map(({ cardId: _, ...card }) => card);
}

async function make(card: {
  programme: string;
  faceMinor: bigint;
  state: DemoCard['state'];
  bindTo?: Id<'usr'>;
  activate?: boolean;
  at?: Date;
}): Promise<DemoCard & { cardId: string }> {
  const context = { db, now: card.at ?? now, keys: cardKeys(), zone: env().issuerZone };
  const list = must(
    await drawCards(context, { programmeId: card.programme, count: 1, faceMinor: card.faceMinor }),
  );
  const batchId = newId('btc');
  must(await issueCards(context, list, { id: batchId }));
  const row = await db.card.findFirstOrThrow({ where: { batchId } });
  const [secret] = list.cards;
  invariant(secret, 'one card was drawn');
  if (card.activate) await activateCards(context, { cardIds: [row.id], actor: null, reason: null });
  if (card.bindTo) {
    must(
      await bindCard(context, {
        ...secret,
        userId: card.bindTo,
        network: origin.network,
        device: origin.deviceId,
      }),
    );
  }
  return {
    cardId: row.id,
    ...secret,
    programme: card.programme,
    faceMinor: card.faceMinor.toString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    state: card.state,
  };
}

/** One order paid by cards alone: it uses one card up, so the wallet has a statement to show. */
async function makeHistory(userId: Id<'usr'>): Promise<void> {
  const product = await db.product.findFirst({
    where: { kind: 'goods', priceMinor: { gte: 3_900n, lt: 12_000n } },
    orderBy: { position: 'asc' },
  });
  const productId = product && parseId('prd', product.id);
  invariant(productId, 'the shop sells something small');
  const from = { source: 'product' as const, productId, quantity: 1 };
  const { orderId } = must(await placeOrder({ db, now }, { userId, idempotencyKey: newId('att'), from }));
  const context = checkoutContext(now);
  const cards = await db.card.findMany({
    where: { holderId: userId, state: 'active' },
    orderBy: { faceMinor: 'asc' },
  });
  const usedUp = cards.find((card) => card.faceMinor === 3_900n);
  const rest = cards.find((card) => card.faceMinor === 150_000n);
  invariant(usedUp && rest, 'the cards were made');
  const choice = [usedUp, rest].map((card) => ({ cardId: card.id, maxMinor: null }));
  const { quote } = must(await loadCheckout(context, { orderId, userId, choice }));
  must(
    await payOrder(context, {
      orderId,
      userId,
      choice,
      method: null,
      expected: { cardMinor: quote.cardMinor, externalMinor: quote.remainderMinor },
      idempotencyKey: newId('att'),
      mode: 'desktop',
      returnUrl: () => env().origin,
      subject: 'demo',
    }),
  );
}

/** Easy to read out and to type; made anew for every installation. */
function password(): string {
  const words = [
    'yunduo',
    'qingcha',
    'shanhu',
    'dengta',
    'maisui',
    'xiquan',
    'songguo',
    'lanhai',
    'tangtuan',
    'zhujian',
  ];
  const pick = () => words[randomInt(words.length)];
  return `${pick()}-${pick()}-${randomInt(1_000, 10_000)}`;
}

function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`the demo's data is refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
