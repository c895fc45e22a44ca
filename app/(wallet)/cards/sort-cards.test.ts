import { expect, test } from 'vitest';
import type { WalletCard } from '@/lib/cards';
import { newId } from '@/lib/kernel';
import { canPay, isPutAway, mergeCards, parseCardOrder, sortCards } from './sort-cards';

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
  frozenBy: null,
  dayLimitMinor: null,
  archivedAt: null,
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

test('merged, the cards of a programme are one line with their total, in the order of their first card', () => {
  const other = { ...card('', {}).programme, id: 'zengka' };
  const cards = [
    card('a', { usableMinor: 100n, heldMinor: 5n }),
    card('b', { programme: other, usableMinor: 7n }),
    card('c', { usableMinor: 30n, heldMinor: 1n }),
    card('d', { currency: 'USD', usableMinor: 9n }),
  ];
  const lines = mergeCards(cards).map(({ programme, currency, usableMinor, heldMinor, cards: own }) => [
    `${programme.id} ${currency}`,
    usableMinor,
    heldMinor,
    own.map(({ nickname }) => nickname).join(''),
  ]);
  expect(lines).toEqual([
    ['fuyun CNY', 130n, 6n, 'ac'],
    ['zengka CNY', 7n, 0n, 'b'],
    ['fuyun USD', 9n, 0n, 'd'],
  ]);
  expect(mergeCards([])).toEqual([]);
});

test('the first view leaves out what is archived or closed, and nothing else', () => {
  const put = [card('a', { archivedAt: new Date() }), card('b', { status: 'closed' })];
  const shown = (['usable', 'expiring_soon', 'used_up', 'expired', 'frozen', 'not_activated'] as const).map(
    (status) => card(status, { status }),
  );
  expect(put.every(isPutAway)).toBe(true);
  expect(shown.some(isPutAway)).toBe(false);
});
