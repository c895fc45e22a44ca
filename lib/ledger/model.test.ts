import { describe, expect, it } from 'vitest';
import { type AccountKind, accountCodes, type Movement, movementOfCode, movements } from './chart';
import {
  type AccountRef,
  heldOf,
  houseAccount,
  houseAccountId,
  refusalBeforePosting,
  type Transfer,
  usableOf,
} from './model';

const names = Object.keys(movements) as Movement[];
const kinds = Object.keys(accountCodes) as AccountKind[];

const move = (id: string, movement: Movement, debit: AccountRef, credit: AccountRef) => ({
  type: 'post' as const,
  id,
  movement,
  debit,
  credit,
  amountMinor: 1n,
  reference: 'r',
});
const account = (id: string, kind: AccountKind): AccountRef => ({ id, kind });
const issue = (id: string) => move(id, 'issue', account('cash', 'custodyCash'), account('c', 'card'));
const capture = (id: string, holdId: string, amountMinor?: bigint): Transfer => ({
  type: 'capture',
  id,
  holdId,
  reference: 'r',
  ...(amountMinor === undefined ? {} : { amountMinor }),
});
const release = (id: string, holdId: string): Transfer => ({ type: 'release', id, holdId, reference: 'r' });

describe('the chart', () => {
  it.each(names)('%s goes from an account of the chart to another, and no way else', (name) => {
    const { debit, credit } = movements[name];
    expect(kinds).toContain(debit);
    expect(kinds).toContain(credit);
    for (const from of kinds) {
      for (const to of kinds) {
        const refusal = refusalBeforePosting([move('t', name, account('1', from), account('2', to))]);
        const refused = { code: 'movement_not_allowed', transferId: 't' };
        expect(refusal, `${from} to ${to}`).toEqual(from === debit && to === credit ? null : refused);
      }
    }
  });

  it('tells a movement by its code, and one that it does not have by nothing', () => {
    expect(names.map((name) => movementOfCode(movements[name].code))).toEqual(names);
    expect(movementOfCode(0)).toBeNull();
  });
});

describe('what is refused before the database is asked', () => {
  it('an id twice in one list', () => {
    const refusal = { code: 'id_twice_in_one_list', transferId: 'a' };
    expect(refusalBeforePosting([issue('a'), issue('b'), issue('a')])).toEqual(refusal);
    expect(refusalBeforePosting([issue('a'), issue('b')])).toBeNull();
  });

  it('a hold that is ended twice, by whatever', () => {
    const refusal = { code: 'hold_twice_in_one_list', transferId: 'b' };
    expect(refusalBeforePosting([capture('a', 'h'), release('b', 'h')])).toEqual(refusal);
    expect(refusalBeforePosting([release('a', 'h'), capture('b', 'h')])).toEqual(refusal);
    expect(refusalBeforePosting([capture('a', 'h'), release('b', 'i')])).toBeNull();
  });

  it('an amount of nothing or less, also of a capture', () => {
    for (const amountMinor of [0n, -1n]) {
      const refusal = { code: 'amount_not_positive', transferId: 'a' };
      expect(refusalBeforePosting([{ ...issue('a'), amountMinor }])).toEqual(refusal);
      expect(refusalBeforePosting([capture('a', 'h', amountMinor)])).toEqual(refusal);
    }
    expect(refusalBeforePosting([capture('a', 'h', 1n), issue('b')])).toBeNull();
  });

  it('a movement after an end of a hold, judged as if it came alone', () => {
    const wrong = move('b', 'spend', account('m', 'merchantPayable'), account('c', 'card'));
    const refusal = { code: 'movement_not_allowed', transferId: 'b' };
    expect(refusalBeforePosting([capture('a', 'h'), wrong])).toEqual(refusal);
    expect(refusalBeforePosting([release('a', 'h'), wrong])).toEqual(refusal);
  });

  it('from an account to itself, whatever its kind', () => {
    const self = move('a', 'issue', account('x', 'custodyCash'), account('x', 'card'));
    expect(refusalBeforePosting([self])).toEqual({ code: 'accounts_are_equal', transferId: 'a' });
  });
});

it('usable is what came in, less what went out and what is held', () => {
  const balance = { creditsPosted: 100n, creditsPending: 7n, debitsPosted: 30n, debitsPending: 20n };
  expect(usableOf(balance)).toBe(50n);
  expect(heldOf(balance)).toBe(20n);
});

it('the id of a house account is made of its kind, its currency and its gateway', () => {
  expect(houseAccountId('custodyCash', 'CNY')).toBe('house:custodyCash:CNY');
  expect(houseAccount('gatewayReceivable', 'CNY', 'alipay')).toEqual({
    id: 'house:gatewayReceivable:CNY:alipay',
    kind: 'gatewayReceivable',
  });
  expect(() => houseAccountId('gold' as never, 'CNY')).toThrow();
});
