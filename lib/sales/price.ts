import { invariant } from '@/lib/kernel';

/** Off the face value, from a number of cards or from a sum of face values on: whichever is reached first. */
export interface DiscountTier {
  readonly fromCards: number;
  readonly fromFaceMinor: bigint;
  /** Hundredths of a percent off: 200 is 98 折. */
  readonly basisPoints: number;
}

/** What cards cost. Minor units. */
export interface Price {
  readonly faceMinor: bigint;
  readonly quantity: number;
  readonly basisPoints: number;
  /** One card after the discount. */
  readonly unitMinor: bigint;
  /** All face values together: what will be on the cards. */
  readonly valueMinor: bigint;
  readonly totalMinor: bigint;
  readonly discountMinor: bigint;
}

/**
 * The price of `quantity` cards of `faceMinor` under the best tier that they reach. One card's price is rounded down to
 * the fen, in the buyer's favour, and is never nothing; the whole is that times the quantity, so that every card can be
 * handed back at exactly what it cost.
 */
export function priceOf(tiers: readonly DiscountTier[], faceMinor: bigint, quantity: number): Price {
  invariant(faceMinor > 0n && Number.isInteger(quantity) && quantity > 0, 'cards of some value are priced');
  const valueMinor = faceMinor * BigInt(quantity);
  const reached = tiers.filter((tier) => quantity >= tier.fromCards || valueMinor >= tier.fromFaceMinor);
  const basisPoints = Math.max(0, ...reached.map((tier) => tier.basisPoints));
  const discounted = (faceMinor * BigInt(10_000 - basisPoints)) / 10_000n;
  const unitMinor = discounted > 0n ? discounted : faceMinor;
  const totalMinor = unitMinor * BigInt(quantity);
  return {
    faceMinor,
    quantity,
    basisPoints: unitMinor === faceMinor ? 0 : basisPoints,
    unitMinor,
    valueMinor,
    totalMinor,
    discountMinor: valueMinor - totalMinor,
  };
}

/** The next better tier, for a line such as "再买 3 张享 97 折"; null when there is none. */
export function nextTier(tiers: readonly DiscountTier[], price: Price): DiscountTier | null {
  const better = tiers.filter((tier) => tier.basisPoints > price.basisPoints);
  return better.toSorted((a, b) => a.basisPoints - b.basisPoints)[0] ?? null;
}

/** `98`, `97.5`: the number before 折 in a price of ten thousand parts. */
export function foldsOf(basisPoints: number): string {
  return String((10_000 - basisPoints) / 100);
}
