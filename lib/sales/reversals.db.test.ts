import { afterEach, beforeEach, expect, it } from 'vitest';
import { counterDesk } from './desk';
import { issuePurchase } from './issue-purchase';
import { markInvoiceIssued, markInvoiceReversed } from './note-invoice';
import { openSalesWorld, type SalesWorld } from './testing';
import { purchaseView } from './views';
import { withdrawPurchase } from './withdraw-purchase';

let world: SalesWorld;
const actor = { id: 'usr_support', role: 'support' };

beforeEach(async () => {
  world = await openSalesWorld();
});
afterEach(async () => {
  expect(await world.close()).toEqual([]);
});

async function bought() {
  const invoice = { kind: 'individual', title: '林小满', taxNumber: null, email: 'l@example.com' } as const;
  const { purchaseId, orderId } = await world.buy({ quantity: 2, invoice });
  await issuePurchase(world.context(), orderId);
  const { batchId } = await world.shop.test.db.cardPurchase.findUniqueOrThrow({ where: { id: purchaseId } });
  const cards = await world.shop.test.db.card.findMany({ where: { batchId }, orderBy: { id: 'asc' } });
  const withdraw = (from: number) => {
    const cardIds = cards.slice(from).map(({ id }) => id);
    return withdrawPurchase(world.context(), { purchaseId, userId: world.userId, cardIds });
  };
  return { purchaseId, withdraw };
}

const desk = () => counterDesk(world.shop.test.db);

async function issue(number: string) {
  const [{ id: invoiceId = '', amountMinor = 0n } = {}] = (await desk()).invoices;
  return markInvoiceIssued(world.context(), { invoiceId, amountMinor, number, actor });
}

it('an invoice of a purchase that went back whole waits to be reversed, and is reversed once', async () => {
  const { db } = world.shop.test;
  const { purchaseId, withdraw } = await bought();
  await issue('A-0001');
  expect((await desk()).reversals).toEqual([]);
  await withdraw(0);
  const [waiting, ...more] = (await desk()).reversals;
  expect([waiting, more]).toMatchObject([{ purchaseId, title: '林小满', number: 'A-0001' }, []]);
  const invoiceId = waiting?.id ?? '';
  const press = (number: string) => markInvoiceReversed(world.context(), { invoiceId, number, actor });
  // No invoice reverses itself.
  expect(await press('A-0001')).toEqual({ ok: false, refusal: { code: 'own_number' } });
  await Promise.all([press('B-0001'), press('B-0001')]);
  expect((await desk()).reversals).toEqual([]);
  expect(await db.invoice.findUniqueOrThrow({ where: { purchaseId } })).toMatchObject({
    state: 'cancelled',
    number: 'A-0001',
    reversalNumber: 'B-0001',
    reversedAt: world.context().now,
  });
  const lines = await db.auditEvent.findMany({ where: { action: 'invoice.reversed' } });
  expect(lines).toMatchObject([
    { actorId: actor.id, subjectId: invoiceId, detail: JSON.stringify({ number: 'B-0001' }) },
  ]);
  const view = await purchaseView(world.context(), { purchaseId, userId: world.userId });
  expect(view?.invoice).toMatchObject({ state: 'reversed' });
});

it('so does one that was to be issued anew for less when the rest went back', async () => {
  const { purchaseId, withdraw } = await bought();
  await issue('A-0001');
  await withdraw(1);
  expect((await desk()).reversals).toEqual([]);
  const { batchId } = await world.shop.test.db.cardPurchase.findUniqueOrThrow({ where: { id: purchaseId } });
  const left = await world.shop.test.db.card.findMany({ where: { batchId, state: { not: 'closed' } } });
  const cardIds = left.map(({ id }) => id);
  const rest = await withdrawPurchase(world.context(), { purchaseId, userId: world.userId, cardIds });
  expect(rest).toMatchObject({ ok: true });
  expect((await desk()).reversals).toMatchObject([{ purchaseId, number: 'A-0001' }]);
});

it('one that was never issued, or still counts, is not to be reversed', async () => {
  const { db } = world.shop.test;
  const never = await bought();
  await never.withdraw(0);
  await bought();
  await issue('A-0002');
  expect((await desk()).reversals).toEqual([]);
  for (const { id: invoiceId } of await db.invoice.findMany()) {
    expect(await markInvoiceReversed(world.context(), { invoiceId, number: 'B-0001', actor })).toMatchObject({
      refusal: { code: 'not_waiting' },
    });
  }
  expect(await db.auditEvent.count({ where: { action: 'invoice.reversed' } })).toBe(0);
});
