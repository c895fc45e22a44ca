import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '@/lib/kernel';
import { EXTERNAL_WINDOW_MS, HOLD_GRACE_MS, nextCheckAt } from './model';
import { aliveStates, asPaymentState, nextPaymentState, paymentStates } from './payment-states';
import { asRefundState, refundStates } from './refund-states';
import { asTenderState, tenderMay, tenderStates, tenderStatesBefore } from './tender-states';

interface Machine {
  readonly name: string;
  readonly start: string;
  readonly next: Readonly<Record<string, readonly string[]>>;
  readonly terminal?: readonly string[];
}

const machines: Machine[] = [
  {
    name: 'payments',
    start: 'OPEN',
    next: mapValues(paymentStates, ({ next }) => Object.values(next)),
    terminal: keysWhere(paymentStates, ({ terminal }) => terminal),
  },
  { name: 'tenders', start: 'CREATED', next: mapValues(tenderStates, ({ next }) => next) },
  {
    name: 'refunds',
    start: 'PENDING',
    next: mapValues(refundStates, ({ next }) => next),
    terminal: keysWhere(refundStates, ({ terminal }) => terminal),
  },
];

describe.each(machines)('the states of $name', ({ start, next, terminal }) => {
  it('lead to states of the same table, and each can be reached', () => {
    const reached = new Set([start]);
    for (const state of reached) for (const to of next[state] ?? []) reached.add(to);
    expect([...reached].sort()).toEqual(Object.keys(next).sort());
  });

  it('are terminal exactly when nothing follows', () => {
    const last = Object.keys(next).filter((state) => next[state]?.length === 0);
    if (terminal) expect([...terminal].sort()).toEqual(last.sort());
    expect(last.length).toBeGreaterThan(0);
  });
});

it('a stored state that the tables do not have is a bug and throws', () => {
  for (const read of [asPaymentState, asTenderState, asRefundState]) {
    expect(() => read('INVENTED')).toThrow();
    expect(() => read('toString')).toThrow();
  }
});

it('an event that a state does not have leads nowhere', () => {
  expect(nextPaymentState('PAID', 'released')).toBeNull();
  expect(nextPaymentState('CANCELLED', 'settled')).toBeNull();
  expect(nextPaymentState('HELD', 'settled')).toBe('PAID');
});

it('a payment that is over never becomes alive again', () => {
  expect(aliveStates).toEqual(expect.arrayContaining(['HELD', 'EXTERNAL_PENDING', 'CANCELLING', 'PAID']));
  expect(aliveStates).not.toContain('CANCELLED');
  for (const state of Object.keys(paymentStates).map(asPaymentState)) {
    if (paymentStates[state].alive) continue;
    for (const to of Object.values(paymentStates[state].next)) expect(aliveStates).not.toContain(to);
  }
});

it('a gateway is asked again quickly at first, and then every 20 seconds however often it was asked', () => {
  const now = new Date('2026-11-23T02:00:00.000Z');
  const delays = [0, 1, 2, 3, 4, 5, 100_000].map(
    (checks) => nextCheckAt(now, checks).getTime() - now.getTime(),
  );
  expect(delays.map((delay) => delay / SECOND_MS)).toEqual([2, 4, 8, 16, 20, 20, 20]);
});

it('the gateway has ten minutes, and what it may still have taken then half an hour to be settled', () => {
  expect([EXTERNAL_WINDOW_MS, HOLD_GRACE_MS]).toEqual([10 * MINUTE_MS, 30 * MINUTE_MS]);
});

it('the states before a tender state are those that lead to it', () => {
  for (const to of Object.keys(tenderStates).map(asTenderState)) {
    const before = tenderStatesBefore(to);
    for (const from of Object.keys(tenderStates).map(asTenderState)) {
      expect(before.includes(from)).toBe(tenderMay(from, to));
    }
  }
});

function mapValues<T, R>(table: Readonly<Record<string, T>>, of: (entry: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(table).map(([key, entry]) => [key, of(entry)]));
}

function keysWhere<T>(table: Readonly<Record<string, T>>, where: (entry: T) => boolean): string[] {
  return Object.keys(table).filter((key) => table[key] && where(table[key]));
}
