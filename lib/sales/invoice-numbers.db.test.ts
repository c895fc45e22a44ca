import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { correctInvoice, type InvoiceCorrection } from './correct-invoice';
import { counterDesk, notedInvoice, notedInvoices } from './desk';
import { issuePurchase } from './issue-purchase';
import { markInvoiceIssued, markInvoiceReversed } from './note-invoice';
import { openSalesWorld, type SalesWorld } from './testing';
import { purchaseView } from './views';
import { withdrawPurchase } from './withdraw-purchase';

let world: SalesWorld;
const actor = { id: 'usr_support', role: 'support' };
const OK = { ok: true, value: undefined };
const refused = (code: string, more = {}) => ({ ok: false, refusal: { code, ...more } });

beforeEach(async () => {
  world = await openSalesWorld();
});
afterEach(async () => {
  expect(await world.close()).toEqual([]);
});

/** Two cards for 1,000 yuan, with an invoice that is asked for. */
async function bought() {
  const asked = { kind: 'individual', title: '林小满', taxNumber: null, email: 'l@example.com' } as const;
  const { purchaseId, orderId } = await world.buy({ quantity: 2, invoice: asked });
  await issuePurchase(world.context(), orderId);
  const { db } = world.shop.test;
  const { batchId } = await db.cardPurchase.findUniqueOrThrow({ where: { id: purchaseId } });
  const cards = await db.card.findMany({ where: { batchId }, orderBy: { id: 'asc' } });
  const { id: invoiceId } = await db.invoice.findUniqueOrThrow({ where: { purchaseId } });
  return {
    purchaseId,
    invoiceId,
    row: () => db.invoice.findUniqueOrThrow({ where: { purchaseId } }),
    issue: (number: string, amountMinor = 100_000n) =>
      markInvoiceIssued(world.context(), { invoiceId, amountMinor, number, actor }),
    reverse: (number: string) => markInvoiceReversed(world.context(), { invoiceId, number, actor }),
    correct: (over: Pick<InvoiceCorrection, 'which' | 'from' | 'to'>) =>
      correctInvoice(world.context(), { invoiceId, reason: '抄错一位', actor, ...over }),
    withdraw: async (from: number, to?: number) => {
      const cardIds = cards.slice(from, to).map(({ id }) => id);
      const request = { purchaseId, userId: world.userId, cardIds };
      expect(await withdrawPurchase(world.context(), request)).toMatchObject({ ok: true });
    },
  };
}

const audited = async (action: string) =>
  (await world.shop.test.db.auditEvent.findMany({ where: { action }, orderBy: { id: 'asc' } })).map(
    ({ actorId, reason, detail }) => ({ actorId, reason, detail: JSON.parse(detail ?? '') }),
  );

describe('an invoice that is noted as issued', () => {
  it('is noted once, however often its number is pressed, and each press is answered like the first', async () => {
    const { issue, row } = await bought();
    const presses = await Promise.all([issue('A-0001'), issue('A-0001'), issue('A-0001')]);
    expect([...presses, await issue('A-0001')]).toEqual([OK, OK, OK, OK]);
    expect(await row()).toMatchObject({ state: 'issued', number: 'A-0001' });
    expect(await audited('invoice.issued')).toMatchObject([{ detail: { number: 'A-0001' } }]);
  });

  it('keeps its number when another is pressed, and the refusal says which it has', async () => {
    const { issue, row } = await bought();
    await issue('A-0001');
    expect(await issue('A-0002')).toEqual(refused('other_number', { noted: 'A-0001' }));
    expect(await row()).toMatchObject({ number: 'A-0001' });
  });

  it('is refused for an amount of which cards went back since, before and after', async () => {
    const { issue, withdraw } = await bought();
    await issue('A-0001');
    await withdraw(1);
    expect(await issue('A-0001')).toEqual(refused('not_waiting'));
    expect(await issue('A-0002')).toEqual(refused('not_waiting'));
    // What replaces an invoice is another one.
    expect(await issue('A-0001', 50_000n)).toEqual(refused('own_number'));
    expect(await issue('A-0002', 50_000n)).toEqual(OK);
    expect((await audited('invoice.issued'))[1]).toMatchObject({
      detail: { number: 'A-0002', replaces: 'A-0001' },
    });
  });

  it('is no other than the one that was named', async () => {
    const press = { amountMinor: 1n, number: 'A-0001', actor };
    for (const invoiceId of ['inv_none', '\0']) {
      expect(await markInvoiceIssued(world.context(), { ...press, invoiceId })).toEqual(
        refused('not_waiting'),
      );
      expect(await markInvoiceReversed(world.context(), { ...press, invoiceId })).toEqual(
        refused('not_waiting'),
      );
    }
  });
});

describe('an invoice that is noted as reversed', () => {
  it('is noted once, however often the number is pressed, and keeps it when another is', async () => {
    const { purchaseId, issue, reverse, withdraw } = await bought();
    await issue('A-0001');
    expect(await reverse('B-0001')).toEqual(refused('not_waiting'));
    await withdraw(0);
    expect(await reverse('A-0001')).toEqual(refused('own_number'));
    const presses = await Promise.all([reverse('B-0001'), reverse('B-0001')]);
    expect([...presses, await reverse('B-0001')]).toEqual([OK, OK, OK]);
    expect(await reverse('B-0002')).toEqual(refused('other_number', { noted: 'B-0001' }));
    expect(await issue('A-0001')).toEqual(OK);
    expect(await audited('invoice.reversed')).toMatchObject([{ detail: { number: 'B-0001' } }]);
    const view = await purchaseView(world.context(), { purchaseId, userId: world.userId });
    expect(view?.invoice).toMatchObject({ state: 'reversed', number: 'A-0001', reversalNumber: 'B-0001' });
  });
});

describe('a number that was noted wrongly', () => {
  it('is corrected with a reason, and the audit keeps who did it, when, and both numbers', async () => {
    const { purchaseId, issue, correct, row } = await bought();
    await issue('A-0010');
    const before = await row();
    const wrong = { which: 'number', from: 'A-0010', to: 'A-0001' } as const;
    expect(await Promise.all([correct(wrong), correct(wrong)])).toEqual([OK, OK]);
    expect(await correct(wrong)).toEqual(OK);
    expect(await row()).toEqual({ ...before, number: 'A-0001' });
    expect(await audited('invoice.corrected')).toEqual([
      { actorId: actor.id, reason: '抄错一位', detail: { what: 'number', from: 'A-0010', to: 'A-0001' } },
    ]);
    const view = await purchaseView(world.context(), { purchaseId, userId: world.userId });
    expect(view?.invoice).toMatchObject({ number: 'A-0001' });
    // The press that noted the wrong one does not bring it back.
    expect(await issue('A-0010')).toEqual(refused('other_number', { noted: 'A-0001' }));
  });

  it('of a reversal is corrected likewise, and neither becomes the other', async () => {
    const { issue, reverse, withdraw, correct, row } = await bought();
    await issue('A-0001');
    await withdraw(0);
    expect(await correct({ which: 'reversalNumber', from: 'B-0010', to: 'B-0001' })).toEqual(
      refused('not_waiting'),
    );
    await reverse('B-0010');
    const before = await row();
    expect(await correct({ which: 'reversalNumber', from: 'B-0010', to: 'A-0001' })).toEqual(
      refused('own_number'),
    );
    expect(await correct({ which: 'number', from: 'A-0001', to: 'B-0010' })).toEqual(refused('own_number'));
    expect(await correct({ which: 'reversalNumber', from: 'B-0010', to: 'B-0001' })).toEqual(OK);
    expect(await correct({ which: 'number', from: 'A-0001', to: 'A-0002' })).toEqual(OK);
    expect(await row()).toEqual({ ...before, number: 'A-0002', reversalNumber: 'B-0001' });
    expect((await audited('invoice.corrected')).map(({ detail }) => detail.what)).toEqual([
      'reversalNumber',
      'number',
    ]);
  });

  it('is corrected by one of two who saw it, and the other is told what it is now', async () => {
    const { issue, correct } = await bought();
    await issue('A-0010');
    const answers = await Promise.all([
      correct({ which: 'number', from: 'A-0010', to: 'A-0001' }),
      correct({ which: 'number', from: 'A-0010', to: 'A-0002' }),
    ]);
    const kept = answers[0]?.ok ? 'A-0001' : 'A-0002';
    expect(answers).toContainEqual(OK);
    expect(answers).toContainEqual(refused('other_number', { noted: kept }));
    expect(await audited('invoice.corrected')).toHaveLength(1);
  });

  it('of an invoice that waits to be issued anew is corrected too, and changes nothing that is not there', async () => {
    const { issue, withdraw, correct } = await bought();
    expect(await correct({ which: 'number', from: 'A-0001', to: 'A-0002' })).toEqual(refused('not_waiting'));
    await issue('A-0010');
    await withdraw(1);
    expect(await correct({ which: 'number', from: 'A-0010', to: 'A-0001' })).toEqual(OK);
    expect((await counterDesk(world.shop.test.db)).invoices).toMatchObject([{ replaces: 'A-0001' }]);
  });
});

it('invoices are found by either number, and shown newest first', async () => {
  const { db } = world.shop.test;
  const first = await bought();
  await first.issue('A-0001');
  world.shop.advance(1_000);
  const second = await bought();
  expect(await notedInvoice(db, second.invoiceId)).toBeNull();
  await second.issue('A-0002');
  const numbers = async (number: string | null) =>
    (await notedInvoices(db, number)).map((line) => [line.number, line.state, line.reversal?.number]);
  expect(await numbers(null)).toEqual([
    ['A-0002', 'issued', undefined],
    ['A-0001', 'issued', undefined],
  ]);
  world.shop.advance(1_000);
  await first.withdraw(0);
  expect(await numbers('A-0001')).toEqual([['A-0001', 'reversing', undefined]]);
  await first.reverse('B-0001');
  expect((await numbers(null))[0]).toEqual(['A-0001', 'reversed', 'B-0001']);
  expect(await numbers('B-0001')).toEqual([['A-0001', 'reversed', 'B-0001']]);
  expect(await numbers('A-0002')).toEqual([['A-0002', 'issued', undefined]]);
  expect(await numbers('A-0003')).toEqual([]);
  expect(await notedInvoice(db, first.invoiceId)).toMatchObject({ purchaseId: first.purchaseId });
});

it.each([
  ['a reversal without its time', `"reversalNumber" = 'B-0001'`],
  ['a time of a reversal without its number', `"reversedAt" = '2026-11-23 02:00:00'`],
  ['a reversal by itself', `"reversalNumber" = 'A-0001', "reversedAt" = '2026-11-23 02:00:00'`],
  ['a reversal of one without a number', `"number" = NULL, "issuedAt" = NULL, ${reversedBy('B-0001')}`],
  ['a reversal of one that counts', `"state" = 'issued', ${reversedBy('B-0001')}`],
  ['one that is issued at no time', `"state" = 'issued', "issuedAt" = NULL`],
  ['one that is issued without a number', `"number" = NULL`],
])('the database refuses %s', async (_, set) => {
  const { test } = world.shop;
  const { issue, withdraw, reverse, row } = await bought();
  await issue('A-0001');
  await withdraw(0);
  const before = await row();
  await expect(test.raw(`UPDATE "Invoice" SET ${set}`)).rejects.toThrow(/invoice_(issued|reversed)/);
  expect(await row()).toEqual(before);
  expect(await reverse('B-0001')).toEqual(OK);
});

function reversedBy(number: string): string {
  return `"reversalNumber" = '${number}', "reversedAt" = '2026-11-23 02:00:00'`;
}
