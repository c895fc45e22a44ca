import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { type GatewayReply, gatewayByName, type InboundMessage, receiveGatewayMessage } from '@/lib/gateways';
import { type RunningSandbox, startSandbox } from '@/lib/gateways/sandbox/testing';
import { type Id, newId } from '@/lib/kernel';
import { houseAccount, openAccounts, openHouseAccounts, post } from '@/lib/ledger';
import type { CheckoutContext } from '../model';
import { notificationHandler } from '../notification-handler';

/** A shop with two merchants, one shopper, and the Alipay sandbox on loopback. The clock is the test's own. */
export interface CheckoutWorld {
  readonly test: TestDatabase;
  readonly sandbox: RunningSandbox;
  readonly userId: Id<'usr'>;
  readonly context: () => CheckoutContext;
  /** Moves the clock, also for the gateway. */
  readonly advance: (ms: number) => void;
  readonly addCard: (card: {
    amountMinor: bigint;
    expiresAt?: Date;
    userId?: Id<'usr'>;
  }) => Promise<{ id: Id<'crd'>; accountId: string }>;
  /** A shopper beside the one of the world. */
  readonly addShopper: () => Promise<Id<'usr'>>;
  readonly addOrder: (
    lines: readonly OrderLineInput[],
    userId?: Id<'usr'>,
  ) => Promise<{ id: string; lineIds: string[] }>;
  readonly close: () => Promise<void>;
}

export interface OrderLineInput {
  readonly amountMinor: bigint;
  readonly kind?: 'goods' | 'fresh' | 'virtual' | 'gold';
  readonly merchant?: 'self' | 'pop';
}

/** `given` is an empty database of one's own; it is closed with the world. */
export async function openCheckoutWorld(given?: TestDatabase): Promise<CheckoutWorld> {
  const test = given ?? (await openTestDatabase());
  let now = new Date();
  const { db } = test;
  const context = (): CheckoutContext => ({
    db,
    now,
    gateway: (name) => gatewayByName({ alipay: sandbox.alipay }, name),
    refundPolicy: 'CARD_FIRST',
    zone: 'Asia/Shanghai',
  });
  const sandbox: RunningSandbox = await startSandbox({
    db,
    clock: () => now,
    onNotification: (message) => answer(context(), message),
  });
  await openHouseAccounts(db, { currency: 'CNY', gateways: ['alipay'], now });
  for (const kind of ['self', 'pop'] as const) {
    await openAccounts(db, [{ id: `merchant:${kind}`, kind: 'merchantPayable', currency: 'CNY', now }]);
    await db.merchant.create({
      data: { id: kind, nameZh: kind, nameEn: kind, kind, accountId: `merchant:${kind}` },
    });
  }
  await addProgramme(test, now);
  const userId = await addUser(test, now);
  return {
    test,
    sandbox,
    userId,
    context,
    advance: (ms) => {
      now = new Date(now.getTime() + ms);
    },
    addCard: (card) => addCard(test, { ...card, userId: card.userId ?? userId, now }),
    addShopper: () => addUser(test, now),
    addOrder: (lines, buyer = userId) => addOrder(test, { lines, userId: buyer, now }),
    close: async () => {
      await sandbox.close();
      await test.close();
    },
  };
}

/** What the webhook route does. */
async function answer(context: CheckoutContext, message: InboundMessage): Promise<GatewayReply> {
  const gateway = context.gateway('alipay');
  if (!gateway) throw new Error('the sandbox is configured');
  return receiveGatewayMessage(context, { gateway, message, handler: notificationHandler });
}

async function addProgramme({ db }: TestDatabase, now: Date) {
  await db.programme.create({
    data: {
      id: 'everything',
      nameZh: '全场卡',
      nameEn: 'Everything',
      kind: 'anonymous',
      medium: 'electronic',
      currency: 'CNY',
      policyPack: 'cn-2012',
      prefix: '6299',
      faceValues: JSON.stringify({ minMinor: '1', maxMinor: '100000' }),
      spendingRule: JSON.stringify({
        products: { allow: ['goods', 'fresh'] },
        merchants: { allow: ['self', 'pop'] },
      }),
      colourFrom: '#000000',
      colourTo: '#ffffff',
      createdAt: now,
    },
  });
}

async function addUser({ db }: TestDatabase, now: Date): Promise<Id<'usr'>> {
  const id = newId('usr');
  await db.user.create({
    data: {
      id,
      name: '小明',
      email: `${id}@example.test`,
      passwordHash: '-',
      role: 'shopper',
      locale: 'zh-CN',
      createdAt: now,
    },
  });
  return id;
}

async function addCard(
  { db }: TestDatabase,
  card: { amountMinor: bigint; expiresAt?: Date; userId: Id<'usr'>; now: Date },
) {
  const id = newId('crd');
  const accountId = newId('acc');
  const { now, userId, amountMinor, expiresAt } = card;
  await openAccounts(db, [{ id: accountId, kind: 'card', currency: 'CNY', now }]);
  await db.card.create({
    data: {
      id,
      programmeId: 'everything',
      accountId,
      numberHmac: id,
      numberKey: 1,
      lastFour: id.slice(-4),
      passwordScheme: 'hmac',
      passwordKey: 1,
      passwordHash: '-',
      state: 'active',
      faceMinor: amountMinor,
      holderId: userId,
      boundAt: now,
      createdAt: now,
      ...(expiresAt ? { expiresAt } : {}),
    },
  });
  const debit = houseAccount('custodyCash', 'CNY');
  const credit = { id: accountId, kind: 'card' as const };
  await post(
    db,
    [{ type: 'post', id: `issue:${id}`, movement: 'issue', debit, credit, amountMinor, reference: id }],
    now,
  );
  return { id, accountId };
}

async function addOrder(
  { db }: TestDatabase,
  order: { lines: readonly OrderLineInput[]; userId: Id<'usr'>; now: Date },
) {
  const id = newId('ord');
  const lines = order.lines.map((line, position) => ({
    id: newId('orl'),
    position,
    productId: newId('prd'),
    merchantId: line.merchant ?? 'self',
    merchantKind: line.merchant ?? 'self',
    category: 'home',
    kind: line.kind ?? 'goods',
    titleZh: '杯子',
    titleEn: 'Cup',
    art: 'cup',
    unitMinor: line.amountMinor,
    quantity: 1,
    amountMinor: line.amountMinor,
  }));
  const totalMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  const payBy = new Date(order.now.getTime() + 30 * 60_000);
  await db.order.create({
    data: {
      id,
      number: id.slice(-12),
      userId: order.userId,
      state: 'open',
      currency: 'CNY',
      totalMinor,
      createdAt: order.now,
      payBy,
      lines: { create: lines },
    },
  });
  return { id, lineIds: lines.map((line) => line.id) };
}
