import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '@/lib/kernel';
import { chooseSome, chooseWhole, returnableLines } from './choose-returns';
import { type OrderLine, piecesMinor, piecesOf, type ReturnableLine } from './model';

const paidAt = new Date('2026-03-01T10:00:00Z');
const day = (days: number) => new Date(paidAt.getTime() + days * 86_400_000);

function line(given: Partial<OrderLine> = {}): OrderLine {
  const [unitMinor, quantity] = [given.unitMinor ?? 1_000n, given.quantity ?? 3];
  return {
    id: newId('orl'),
    productId: newId('prd'),
    merchantId: 'm',
    merchantKind: 'self',
    category: 'home',
    kind: 'goods',
    title: { zh: '杯', en: 'Mug' },
    art: 'home/mug',
    unitMinor,
    quantity,
    amountMinor: unitMinor * BigInt(quantity),
    ...given,
  };
}

const [mug, fish, gold] = [line(), line({ kind: 'fresh' }), line({ kind: 'gold' })];
const order = { lines: [mug, fish, gold], paidAt };
const full = new Map(order.lines.map((each) => [each.id as string, each.amountMinor]));
const at = (days: number) => returnableLines(order, full, day(days));
const fields = (given: Record<string, string>) => (name: string) => given[name] ?? '';

test('a whole return takes what is still in its time, and leaves gold alone', () => {
  expect(chooseWhole(at(1))).toEqual({
    ok: true,
    value: [
      { lineId: mug.id, amountMinor: 3_000n },
      { lineId: fish.id, amountMinor: 3_000n },
    ],
  });
  expect(chooseWhole(at(3))).toEqual({ ok: true, value: [{ lineId: mug.id, amountMinor: 3_000n }] });
  expect(chooseWhole(at(8))).toEqual({ ok: false, refusal: { code: 'nothing_chosen' } });
});

test('pieces count by their price, and an amount counts before the pieces', () => {
  const choose = (given: Record<string, string>) => chooseSome(at(1), fields(given));
  expect(choose({ [`pieces.${mug.id}`]: '2' })).toEqual({
    ok: true,
    value: [{ lineId: mug.id, amountMinor: 2_000n }],
  });
  expect(choose({ [`pieces.${mug.id}`]: '2', [`amount.${mug.id}`]: '0.01' })).toEqual({
    ok: true,
    value: [{ lineId: mug.id, amountMinor: 1n }],
  });
});

test('what cannot be met is refused, with the line it concerns', () => {
  const choose = (given: Record<string, string>) => chooseSome(at(1), fields(given));
  expect(choose({})).toEqual({ ok: false, refusal: { code: 'nothing_chosen' } });
  expect(choose({ [`amount.${mug.id}`]: '30.01' })).toEqual({
    ok: false,
    refusal: { code: 'above_refundable', lineId: mug.id, leftMinor: 3_000n },
  });
  expect(choose({ [`amount.${mug.id}`]: '1.234' })).toEqual({
    ok: false,
    refusal: { code: 'amount_invalid', lineId: mug.id },
  });
  expect(choose({ [`pieces.${gold.id}`]: '1' })).toEqual({
    ok: false,
    refusal: { code: 'not_returnable', lineId: gold.id },
  });
});

test('no choice of pieces asks for more than is left, and all pieces ask for all of it', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10_000n }),
      fc.integer({ min: 1, max: 99 }),
      fc.nat(),
      (unit, quantity, cut) => {
        const bought = line({ unitMinor: unit, quantity });
        const leftMinor = (bought.amountMinor * BigInt(cut % 100)) / 100n + 1n;
        const each: ReturnableLine = { line: bought, leftMinor, until: day(7), open: true };
        for (let pieces = 1; pieces <= piecesOf(each); pieces += 1) {
          expect(piecesMinor(each, pieces) <= leftMinor).toBe(true);
        }
        expect(piecesMinor(each, piecesOf(each))).toBe(leftMinor);
      },
    ),
  );
});
