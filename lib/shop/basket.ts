import { invariant } from '@/lib/kernel';
import { type Basket, type BasketLine, isPayableByCard, MAX_QUANTITY, type Product } from './model';

/** Adds a basket up. Lines keep their order; quantities are 1 to `MAX_QUANTITY` (anything else throws). */
export function basketOf(entries: readonly { product: Product; quantity: number }[]): Basket {
  const lines = entries.map(({ product, quantity }): BasketLine => {
    invariant(isQuantity(quantity), 'a basket line has 1 to 99 of a product');
    return { product, quantity, amountMinor: product.priceMinor * BigInt(quantity) };
  });
  const currencies = new Set(lines.map((line) => line.product.currency));
  invariant(currencies.size <= 1, 'a basket is in one currency');
  return {
    lines,
    count: lines.reduce((count, line) => count + line.quantity, 0),
    totalMinor: sum(lines),
    payableByCardMinor: sum(lines.filter((line) => isPayableByCard(line.product.kind))),
    currency: lines[0]?.product.currency ?? 'CNY',
  };
}

/** A whole number of things that one line may have. */
export function isQuantity(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY;
}

function sum(lines: readonly BasketLine[]): bigint {
  return lines.reduce((total, line) => total + line.amountMinor, 0n);
}
