import { database } from '../../lib/database';
import { type Id, newId } from '../../lib/kernel';
import {
  issuePurchase,
  markInvoiceIssued,
  markInvoiceReversed,
  type PlacePurchase,
  placePurchase,
  salesContext,
  withdrawPurchase,
} from '../../lib/sales';
import type { World } from './world';

interface Buyer {
  readonly owner: Id<'usr'>;
  readonly now: Date;
  readonly pay: (orderId: Id<'ord'>) => Promise<unknown>;
}

const INVOICE = { kind: 'individual', title: '林小满', taxNumber: null, email: 'lin@example.com' } as const;

/**
 * Cards that are not paid yet, cards in the wallet, some of which went back, cards of plastic with an invoice, and two that
 * went back after their invoices were issued, of which one is reversed.
 */
export async function addPurchases(buyer: Buyer): Promise<World['purchases']> {
  const self = { programmeId: 'fuyun', purpose: 'self', plan: null, identity: null, invoice: null } as const;
  const open = await orderCards(buyer, self);
  const issued = await orderCards(buyer, self);
  const some = await orderCards(buyer, self, 3);
  const parcel = await orderCards(buyer, {
    programmeId: 'zhenxiang',
    purpose: 'ship',
    plan: JSON.stringify({
      recipient: '林小满',
      phone: '13800138000',
      address: '浙江省杭州市西湖区文三路1号',
    }),
    identity: { kind: 'id_card', name: '林小满', number: '110101199003070070' },
    invoice: INVOICE,
  });
  const returned = await orderCards(buyer, { ...self, invoice: INVOICE });
  const reversed = await orderCards(buyer, { ...self, invoice: INVOICE });
  for (const { orderId } of [issued, some, parcel, returned, reversed]) {
    await buyer.pay(orderId);
    await issuePurchase(salesContext(buyer.now), orderId);
  }
  await handOneBack(buyer, some.purchaseId);
  await issueInvoice(buyer, returned.purchaseId, '26332000000001234567');
  await handOneBack(buyer, returned.purchaseId);
  await issueInvoice(buyer, reversed.purchaseId, '26332000000001234568');
  await handOneBack(buyer, reversed.purchaseId);
  const invoice = await reverseInvoice(buyer, reversed.purchaseId);
  return {
    open: open.purchaseId,
    issued: issued.purchaseId,
    some: some.purchaseId,
    parcel: parcel.purchaseId,
    reversed: reversed.purchaseId,
    invoice,
  };
}

const DESK = { id: 'demo', role: 'support' };

async function issueInvoice({ now }: Buyer, purchaseId: string, number: string): Promise<void> {
  const { id: invoiceId, amountMinor } = await database().invoice.findUniqueOrThrow({
    where: { purchaseId },
  });
  const issued = await markInvoiceIssued(salesContext(now), {
    invoiceId,
    amountMinor,
    number,
    actor: DESK,
  });
  if (!issued.ok) throw new Error(`refused: ${issued.refusal.code}`);
}

async function reverseInvoice({ now }: Buyer, purchaseId: string): Promise<string> {
  const { id: invoiceId } = await database().invoice.findUniqueOrThrow({ where: { purchaseId } });
  const press = { invoiceId, number: '26332000000001234569', actor: DESK };
  const noted = await markInvoiceReversed(salesContext(now), press);
  if (!noted.ok) throw new Error(`refused: ${noted.refusal.code}`);
  return invoiceId;
}

async function handOneBack({ owner, now }: Buyer, purchaseId: string): Promise<void> {
  const { batchId } = await database().cardPurchase.findUniqueOrThrow({ where: { id: purchaseId } });
  const card = await database().card.findFirstOrThrow({ where: { batchId } });
  const back = await withdrawPurchase(salesContext(now), { purchaseId, userId: owner, cardIds: [card.id] });
  if (!back.ok) throw new Error(`refused: ${back.refusal.code}`);
}

async function orderCards(
  { owner, now }: Buyer,
  over: Pick<PlacePurchase, 'programmeId' | 'purpose' | 'plan' | 'identity' | 'invoice'>,
  quantity = 1,
) {
  const placed = await placePurchase(salesContext(now), {
    ...over,
    userId: owner,
    faceMinor: 10_000n,
    quantity,
    theme: 'spring',
    buyer: 'individual',
    expectedTotalMinor: 10_000n * BigInt(quantity),
    idempotencyKey: newId('att'),
    typed: '',
  });
  if (!placed.ok) throw new Error(`refused: ${placed.refusal.code}`);
  return placed.value;
}
