import { afterEach, beforeEach, expect, it } from 'vitest';
import { planGifts } from '@/lib/gifts';
import { newId } from '@/lib/kernel';
import { counterDesk, showIdentity } from './desk';
import { handleSalesMessage } from './handle-message';
import { issuePurchase } from './issue-purchase';
import { markInvoiceIssued } from './note-invoice';
import { moveShipment, printLines } from './ship-cards';
import { openSalesWorld, type SalesWorld, SOMEBODY } from './testing';
import { withdrawPurchase } from './withdraw-purchase';

let world: SalesWorld;
const actor = { id: newId('usr'), role: 'support' };
const ADDRESS = { recipient: '林小满', phone: '13800138000', address: '浙江省杭州市西湖区文三路1号' };

beforeEach(async () => {
  world = await openSalesWorld();
});

afterEach(async () => {
  expect(await world.close()).toEqual([]);
});

async function parcel() {
  const { orderId, purchaseId } = await world.buy({
    programmeId: 'zhenxiang',
    purpose: 'ship',
    plan: JSON.stringify(ADDRESS),
    identity: SOMEBODY,
    invoice: { kind: 'individual', title: '林小满', taxNumber: null, email: 'lin@example.com' },
  });
  await issuePurchase(world.context(), orderId);
  const row = await world.shop.test.db.shipment.findUniqueOrThrow({ where: { purchaseId } });
  return { purchaseId, shipmentId: row.id, row };
}

async function giftPlan(): Promise<string> {
  const plan = await planGifts(
    {
      theme: 'spring',
      message: '新年好',
      senderName: '小满',
      audience: 'one',
      recipientName: '老张',
      channel: 'email',
      address: 'zhang@example.com',
      list: '',
      when: 'now',
      date: '',
      time: '',
      zone: 'Asia/Shanghai',
      language: 'zh-CN',
      passphrase: '',
      phoneCheck: '',
      phone: '',
    },
    world.context().now,
  );
  if (!plan.ok) throw new Error('the plan is sound');
  return JSON.stringify(plan.value);
}

const sealed = () =>
  world.shop.test.db.card.count({
    where: { OR: [{ sealedNumber: { not: null } }, { sealedPassword: { not: null } }] },
  });

const states = async () =>
  (await world.shop.test.db.card.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state);

async function deliver() {
  const rows = await world.shop.test.db.outboxMessage.findMany({ orderBy: { id: 'asc' } });
  for (const row of [...rows, ...rows]) {
    const message = { ...row, payload: JSON.parse(row.payload) };
    await handleSalesMessage({ sales: world.context(), checkout: world.shop.context() }, message);
  }
}

it('cards of plastic are activated by the confirmation of their delivery, and by nothing before it', async () => {
  const { shipmentId, row } = await parcel();
  expect(JSON.stringify(row)).not.toContain(ADDRESS.address);
  expect(row.maskedAddress).toBe('林•• 138••••8000 浙江省杭州市••••••');
  expect(await moveShipment(world.context(), { shipmentId, to: 'delivered', actor })).toMatchObject({
    refusal: { code: 'not_possible_in_state', state: 'preparing' },
  });
  for (const to of ['producing', 'shipped'] as const) {
    expect(await moveShipment(world.context(), { shipmentId, to, actor, carrier: '顺丰' })).toMatchObject({
      ok: true,
    });
    await deliver();
    expect(await states()).toEqual(['issued', 'issued']);
  }
  expect(await sealed()).toBe(2);
  await moveShipment(world.context(), { shipmentId, to: 'delivered', actor });
  await deliver();
  expect(await states()).toEqual(['active', 'active']);
  expect(await sealed()).toBe(0);
});

it('numbers and passwords are kept only where plastic is made of them, and the plan only until then', async () => {
  const { db } = world.shop.test;
  const gift = { purpose: 'gift', plan: await giftPlan(), quantity: 1 } as const;
  for (const over of [{ purpose: 'self' } as const, gift]) {
    const { orderId } = await world.buy(over);
    await issuePurchase(world.context(), orderId);
  }
  expect(await sealed()).toBe(0);
  await parcel();
  expect(await sealed()).toBe(2);
  expect(await db.cardPurchase.count({ where: { state: 'issued' } })).toBe(3);
  expect(await db.cardPurchase.count({ where: { sealedPlan: { not: null } } })).toBe(0);
});

it('the print file has each card once, and its QR the number behind the hash and never the password', async () => {
  const { purchaseId } = await parcel();
  const print = await printLines(world.context(), { purchaseId, origin: 'https://cards.example' });
  expect(print?.lines).toHaveLength(2);
  for (const line of print?.lines ?? []) {
    expect(line.qr).toBe(`https://cards.example/cards/bind#n=${line.number}`);
    expect(line.number).toMatch(/^9102\d{12}$/);
    expect(line.password).toMatch(/^[0-9A-Z]{16}$/);
  }
});

it('a parcel that was handed back is dead on its way: it moves no further, and delivery activates nothing', async () => {
  const { purchaseId, shipmentId } = await parcel();
  await moveShipment(world.context(), { shipmentId, to: 'producing', actor });
  expect(await withdrawPurchase(world.context(), { purchaseId, userId: world.userId })).toMatchObject({
    ok: true,
  });
  expect(await moveShipment(world.context(), { shipmentId, to: 'shipped', actor })).toMatchObject({
    refusal: { code: 'purchase_withdrawn' },
  });
  await deliver();
  expect(await states()).toEqual(['closed', 'closed']);
  const invoice = await world.shop.test.db.invoice.findUniqueOrThrow({ where: { purchaseId } });
  expect(invoice.state).toBe('cancelled');
});

it('an invoice is issued once, and a document is opened by a supervisor alone, with a reason that is written down', async () => {
  await parcel();
  const { db } = world.shop.test;
  const { invoices, shipments } = await counterDesk(db);
  const { id: invoiceId = '', amountMinor = 0n } = invoices[0] ?? {};
  const issued = await Promise.all(
    ['A-0001', 'A-0002'].map((number) =>
      markInvoiceIssued(world.context(), { invoiceId, amountMinor, number, actor }),
    ),
  );
  expect(issued.filter((each) => each.ok)).toHaveLength(1);
  const look = {
    identityId: shipments[0]?.identity?.id ?? '',
    keys: world.context().keys,
    reason: '核对实名',
  };
  const supervisor = { ...actor, role: 'supervisor' };
  expect((await showIdentity(world.context(), { ...look, actor })).ok).toBe(false);
  expect((await showIdentity(world.context(), { ...look, reason: ' ', actor: supervisor })).ok).toBe(false);
  expect(await db.auditEvent.count({ where: { action: 'identity.shown' } })).toBe(0);
  expect(await showIdentity(world.context(), { ...look, actor: supervisor })).toEqual({
    ok: true,
    value: { name: SOMEBODY.name, number: SOMEBODY.number },
  });
  expect(await db.auditEvent.findMany({ where: { action: 'identity.shown' } })).toMatchObject([
    { reason: '核对实名', subjectId: look.identityId },
  ]);
});

it('cards for somebody else become gifts that wait for them, and end when the purchase is handed back', async () => {
  const { db } = world.shop.test;
  const { orderId, purchaseId } = await world.buy({
    quantity: 1,
    purpose: 'gift',
    plan: await giftPlan(),
  });
  await Promise.all([1, 2, 3].map(() => issuePurchase(world.context(), orderId)));
  expect(await db.gift.findMany()).toMatchObject([{ purchaseId, state: 'scheduled', recipientName: '老张' }]);
  expect(await db.card.findMany()).toMatchObject([{ state: 'issued', holderId: null }]);
  expect(await withdrawPurchase(world.context(), { purchaseId, userId: world.userId })).toMatchObject({
    ok: true,
  });
  expect(await db.gift.findMany()).toMatchObject([{ state: 'revoked' }]);
  await deliver();
});
