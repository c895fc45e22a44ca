import { expect } from 'vitest';
import type { SpendableCard } from '@/lib/cards';
import { MINUTE_MS, plusMs } from '@/lib/kernel';
import type { Checkout, CheckoutLine } from '../load-checkout';
import type { Payment } from '../model';

/**
 * What each phase of a payment asks the database for, row by row: which rows must be as they were read, what is written
 * and which value moves. An order of three lines at two merchants, two cards, one of them with a day limit, and Alipay.
 */
export const now = new Date('2026-11-23T02:00:00.000Z');
export const at = now.toISOString();
export const id = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}_`));

const line = (name: string, merchant: 'self' | 'pop', amountMinor: bigint): CheckoutLine => ({
  id: name,
  amountMinor,
  kind: 'goods',
  category: 'home',
  merchantId: merchant,
  merchantKind: merchant,
  merchantAccountId: `merchant:${merchant}`,
  titleZh: '杯子',
  titleEn: 'Cup',
  quantity: 1,
});

const card = (name: `crd_${string}`, dayLimit: SpendableCard['dayLimit']): SpendableCard => ({
  id: name as SpendableCard['id'],
  accountId: `acc:${name}`,
  lastFour: '0000',
  programmeNameZh: '卡',
  programmeNameEn: 'Card',
  colours: { from: '#000000', to: '#ffffff' },
  availableMinor: 10_000n,
  dayLimit,
  expiresAt: null,
  spendingRule: { products: { allow: ['goods'] }, merchants: { allow: ['self', 'pop'] } },
  obstacle: null,
});

const lines = [line('cup', 'self', 6_000n), line('lamp', 'pop', 5_000n), line('mat', 'self', 2_000n)];
const cards = [
  card('crd_limited', { limitMinor: 9_000n, leftMinor: 7_000n, version: 3 }),
  card('crd_free', null),
  card('crd_unused', { limitMinor: 1n, leftMinor: 1n, version: 1 }),
];

/** `allocations`: card, line, amount; what they leave of a line is the other method's. */
function checkout(allocations: readonly (readonly [string, string, bigint])[]): Checkout {
  const paid = (of: (each: readonly [string, string, bigint]) => boolean) =>
    allocations.filter(of).reduce((sum, [, , amount]) => sum + amount, 0n);
  const cardMinor = paid(() => true);
  return {
    order: {
      id: 'ord_1',
      number: '1',
      userId: 'usr_1',
      state: 'open',
      currency: 'CNY',
      totalMinor: 13_000n,
      payBy: plusMs(now, MINUTE_MS),
      lines,
    },
    cards,
    quote: {
      allocations: allocations.map(([cardId, lineId, amountMinor]) => ({ cardId, lineId, amountMinor })),
      cards: cards.map(({ id: cardId }) => {
        const amountMinor = paid(([of]) => of === cardId);
        const rest = { leftMinor: 0n, eligibleMinor: 0n, shortfall: null } as const;
        return { cardId, amountMinor, reason: { code: 'rest' }, ...rest };
      }),
      lines: lines.map(({ id: lineId, amountMinor }) => {
        const byCards = paid(([, of]) => of === lineId);
        const rest = { reason: null, ineligible: [] };
        return { lineId, cardMinor: byCards, remainderMinor: amountMinor - byCards, ...rest };
      }),
      totalMinor: 13_000n,
      cardMinor,
      remainderMinor: 13_000n - cardMinor,
    },
  };
}

export const mixed = checkout([
  ['crd_limited', 'cup', 6_000n],
  ['crd_limited', 'mat', 1_000n],
  ['crd_free', 'lamp', 1_500n],
]);
export const byCards = checkout([
  ['crd_limited', 'cup', 6_000n],
  ['crd_free', 'lamp', 5_000n],
  ['crd_free', 'mat', 2_000n],
]);
export const options = { method: 'alipay', now, idempotency: { key: 'k', fingerprint: 'f' } } as const;

export const tendersOf = ({ tenders }: Payment) => {
  const [limited, free, external] = tenders.map((tender) => tender.id);
  return { limited, free, external };
};

export const message = (topic: string, payload: Record<string, string>) => ({
  table: 'OutboxMessage',
  rows: [
    {
      id: id('out'),
      topic,
      payload: JSON.stringify(payload),
      createdAt: at,
      availableAt: at,
      attempts: 0,
      leasedBy: null,
      leasedUntil: null,
      deliveredAt: null,
      parkedAt: null,
      lastError: null,
    },
  ],
});
export const event = (
  payment: Payment,
  name: string,
  from: string | null,
  to: string,
  detail: string | null = null,
) => ({
  id: id('evt'),
  paymentId: payment.id,
  event: name,
  fromState: from,
  toState: to,
  detail,
  at,
});
