import { expect, test } from 'vitest';
import type { WalletCard } from '@/lib/cards';
import { newId } from '@/lib/kernel';
import { canPay, parseCardOrder, sortCards } from './sort-cards';

const card = (name: string, given: Partial<WalletCard>): WalletCard => ({
  id: newId('crd'),
  accountId: 'acc',
  lastFour: '0000',
  nickname: name,
  programme: {
    id: 'fuyun',
    nameZh: '福运',
    nameEn: 'Fuyun',
    kind: 'anonymous',
    medium: 'electronic',
    colours: { from: '#000000', to: '#ffffff' },
  },
  currency: 'CNY',
  faceMinor: 100n,
  usableMinor: 100n,
  heldMinor: 0n,
  dormantMinor: 0n,
  balanceMinor: 100n,
  status: 'usable',
  expiresAt: null,
  daysLeft: null,
  spending: { included: [], excluded: [], onlyCategories: null, notCategories: [] },
  boundAt: new Date('2026-01-01T00:00:00Z'),
  ...given,
});

const soonest = card('soonest', { usableMinor: 5n });
const richest = card('richest', { usableMinor: 10_000_000_000_000_001n });
const newest = card('newest', {
  usableMinor: 10_000_000_000_000_000n,
  boundAt: new Date('2026-02-01T00:00:00Z'),
});
const wallet = [soonest, newest, richest];

test.each([
  ['expiry', ['soonest', 'newest', 'richest']],
  ['balance', ['richest', 'newest', 'soonest']],
  ['bound', ['newest', 'soonest', 'richest']],
] as const)('by %s', (order, names) => {
  expect(sortCards(wallet, order).map(({ nickname }) => nickname)).toEqual(names);
});

test('an order that we do not know is the first', () => {
  expect(parseCardOrder('balance')).toBe('balance');
  for (const wish of ['', 'price', undefined, ['balance']]) expect(parseCardOrder(wish)).toBe('expiry');
});

test('a card pays while it is usable, also in its last days', () => {
  const paying = ['usable', 'expiring_soon'] as const;
  const idle = ['used_up', 'expired', 'frozen', 'not_activated', 'closed'] as const;
  for (const status of paying) expect(canPay(card('x', { status }))).toBe(true);
  for (const status of idle) expect(canPay(card('x', { status }))).toBe(false);
});
