import { describe, expect, test } from 'vitest';
import { InvariantViolation } from '@/lib/kernel';
import {
  checkBalanceAfter,
  checkCashRefund,
  checkCashSale,
  checkFace,
  checkProgramme,
  checkProgrammeFace,
  checkRealName,
  custodyRequired,
  type PolicyPack,
  type PolicyRefusal,
  type ProgrammeTerms,
  type Rule,
} from '.';
import { CN_2012 } from './pack-cn-2012';
import { FREE } from './pack-free';

const granted = { ok: true, value: undefined };

function refused(refusal: PolicyRefusal) {
  return { ok: false, refusal };
}

function referenceOf({ id, source, messageKey }: Rule<unknown>) {
  return { id, source, messageKey };
}

describe('face value', () => {
  test.each([
    ['named', 500_000n],
    ['anonymous', 100_000n],
  ] as const)('a %s card may be issued with exactly the limit and not a fen more', (kind, limitMinor) => {
    expect(checkFace(CN_2012, kind, 1n)).toEqual(granted);
    expect(checkFace(CN_2012, kind, limitMinor)).toEqual(granted);
    expect(checkFace(CN_2012, kind, limitMinor + 1n)).toEqual(
      refused({
        code: 'face_above_limit',
        rule: referenceOf(CN_2012.rules.maxValueMinor[kind]),
        kind,
        limitMinor,
        amountMinor: limitMinor + 1n,
      }),
    );
  });

  test('a card for nothing or less is refused under every pack', () => {
    for (const pack of [CN_2012, FREE]) {
      expect(checkFace(pack, 'named', 0n)).toEqual(refused({ code: 'face_not_positive', amountMinor: 0n }));
      expect(checkFace(pack, 'named', -1n)).toEqual(refused({ code: 'face_not_positive', amountMinor: -1n }));
    }
  });

  test('a promotional card, and any card under the free pack, has no limit', () => {
    expect(checkFace(CN_2012, 'promotional', 10_000_000n)).toEqual(granted);
    expect(checkFace(FREE, 'named', 10_000_000n)).toEqual(granted);
  });
});

describe('balance', () => {
  test('a top-up may fill a card to exactly the limit and not a fen more', () => {
    expect(checkBalanceAfter(CN_2012, 'anonymous', { balanceMinor: 60_000n, addedMinor: 40_000n })).toEqual(
      granted,
    );
    expect(checkBalanceAfter(CN_2012, 'anonymous', { balanceMinor: 60_000n, addedMinor: 40_001n })).toEqual(
      refused({
        code: 'balance_above_limit',
        rule: referenceOf(CN_2012.rules.maxValueMinor.anonymous),
        kind: 'anonymous',
        limitMinor: 100_000n,
        amountMinor: 100_001n,
      }),
    );
    expect(checkBalanceAfter(CN_2012, 'named', { balanceMinor: 0n, addedMinor: 500_000n })).toEqual(granted);
    expect(checkBalanceAfter(FREE, 'named', { balanceMinor: 0n, addedMinor: 500_001n })).toEqual(granted);
  });

  test('a top-up of nothing is refused, and a card below zero is a bug', () => {
    expect(checkBalanceAfter(CN_2012, 'named', { balanceMinor: 5n, addedMinor: 0n })).toEqual(
      refused({ code: 'top_up_not_positive', amountMinor: 0n }),
    );
    expect(checkBalanceAfter(CN_2012, 'named', { balanceMinor: 0n, addedMinor: 1n })).toEqual(granted);
    expect(() => checkBalanceAfter(CN_2012, 'named', { balanceMinor: -1n, addedMinor: 1n })).toThrow(
      InvariantViolation,
    );
  });
});

describe('a sale', () => {
  const nameNeeded = (kind: 'named' | 'anonymous', limitMinor: bigint, amountMinor: bigint) =>
    refused({
      code: 'real_name_required',
      rule: referenceOf(CN_2012.rules.realNameFromMinor[kind]),
      kind,
      limitMinor,
      amountMinor,
    });

  test('whoever buys a named card is known, whatever it costs', () => {
    const sale = { kind: 'named', amountMinor: 1n } as const;
    expect(checkRealName(CN_2012, { ...sale, buyerIdentified: false })).toEqual(nameNeeded('named', 0n, 1n));
    expect(checkRealName(CN_2012, { ...sale, buyerIdentified: true })).toEqual(granted);
  });

  test('whoever buys anonymous cards for 10,000 CNY or more at once is known', () => {
    const buy = (amountMinor: bigint, buyerIdentified = false) =>
      checkRealName(CN_2012, { kind: 'anonymous', amountMinor, buyerIdentified });
    expect(buy(999_999n)).toEqual(granted);
    expect(buy(1_000_000n)).toEqual(nameNeeded('anonymous', 1_000_000n, 1_000_000n));
    expect(buy(1_000_000n, true)).toEqual(granted);
  });

  test('nobody is asked for a name for a promotional card or under the free pack', () => {
    const sale = { amountMinor: 100_000_000n, buyerIdentified: false };
    expect(checkRealName(CN_2012, { ...sale, kind: 'promotional' })).toEqual(granted);
    expect(checkRealName(FREE, { ...sale, kind: 'named' })).toEqual(granted);
  });

  test.each([
    ['company', 500_000n],
    ['individual', 5_000_000n],
  ] as const)('on site a %s pays no cash from the limit on', (buyer, limitMinor) => {
    expect(checkCashSale(CN_2012, { buyer, onSite: true, amountMinor: limitMinor - 1n })).toEqual(granted);
    expect(checkCashSale(CN_2012, { buyer, onSite: true, amountMinor: limitMinor })).toEqual(
      refused({
        code: 'cash_not_allowed',
        rule: referenceOf(CN_2012.rules.nonCashFromMinor[buyer]),
        limitMinor,
        amountMinor: limitMinor,
      }),
    );
    expect(checkCashSale(FREE, { buyer, onSite: true, amountMinor: limitMinor })).toEqual(granted);
  });

  test('elsewhere nobody pays cash at all', () => {
    expect(checkCashSale(CN_2012, { buyer: 'individual', onSite: false, amountMinor: 1n })).toEqual(
      refused({
        code: 'cash_not_allowed',
        rule: referenceOf(CN_2012.rules.nonCashOffSiteFromMinor),
        limitMinor: 0n,
        amountMinor: 1n,
      }),
    );
    expect(checkCashSale(FREE, { buyer: 'individual', onSite: false, amountMinor: 1n })).toEqual(granted);
  });
});

describe('money back and money kept', () => {
  test('up to 100 CNY of a refunded card may be cash', () => {
    expect(checkCashRefund(CN_2012, 10_000n)).toEqual(granted);
    expect(checkCashRefund(CN_2012, 10_001n)).toEqual(
      refused({
        code: 'cash_refund_above_limit',
        rule: referenceOf(CN_2012.rules.cashRefundMaxMinor),
        limitMinor: 10_000n,
        amountMinor: 10_001n,
      }),
    );
    expect(checkCashRefund(FREE, 10_001n)).toEqual(granted);
  });

  test('custody is the share of the class of issuer, rounded up to the fen', () => {
    expect(custodyRequired(CN_2012, 'scale', 100_000n)).toEqual({ ok: true, value: 20_000n });
    expect(custodyRequired(CN_2012, 'group', 100_000n)).toEqual({ ok: true, value: 30_000n });
    expect(custodyRequired(CN_2012, 'brand', 100_000n)).toEqual({ ok: true, value: 40_000n });
    expect(custodyRequired(CN_2012, 'scale', 1n)).toEqual({ ok: true, value: 1n });
    expect(custodyRequired(CN_2012, 'scale', 5n)).toEqual({ ok: true, value: 1n });
    expect(custodyRequired(CN_2012, 'scale', 6n)).toEqual({ ok: true, value: 2n });
    expect(custodyRequired(CN_2012, 'scale', 0n)).toEqual({ ok: true, value: 0n });
  });

  test('a class of issuer that the pack does not know is refused; a pack without classes asks for nothing', () => {
    const unknown = refused({ code: 'issuer_class_unknown', issuerClass: 'toString' });
    expect(custodyRequired(CN_2012, 'toString', 100n)).toEqual(unknown);
    expect(custodyRequired(FREE, 'scale', 100n)).toEqual({ ok: true, value: 0n });
  });
});

describe('a programme', () => {
  const fuyun: ProgrammeTerms = {
    kind: 'anonymous',
    medium: 'electronic',
    currency: 'CNY',
    validityMonths: 36,
    faceValues: { minMinor: 100n, maxMinor: 100_000n },
  };

  function codesOf(pack: PolicyPack, programme: ProgrammeTerms) {
    const result = checkProgramme(pack, programme);
    return result.ok ? [] : result.refusal.map((refusal) => refusal.code);
  }

  test('the programmes of the demo are lawful', () => {
    expect(checkProgramme(CN_2012, fuyun)).toEqual(granted);
    const zhenxiang: ProgrammeTerms = {
      kind: 'named',
      medium: 'physical',
      currency: 'CNY',
      validityMonths: null,
      faceValues: { fixed: [100_000n, 500_000n] },
    };
    expect(checkProgramme(CN_2012, zhenxiang)).toEqual(granted);
    expect(checkProgramme(CN_2012, { ...fuyun, kind: 'promotional', validityMonths: 12 })).toEqual(granted);
  });

  test('everything that is wrong is told at once', () => {
    const wrong = { ...fuyun, validityMonths: 35, faceValues: { fixed: [0n, 1n, 100_000n, 100_001n] } };
    expect(codesOf(CN_2012, { ...wrong, currency: 'USD' })).toEqual([
      'currency_not_covered',
      'validity_not_allowed',
      'face_not_positive',
      'face_above_limit',
    ]);
  });

  test('both ends of a range are looked at', () => {
    expect(codesOf(CN_2012, { ...fuyun, faceValues: { minMinor: 0n, maxMinor: 100n } })).toEqual([
      'face_not_positive',
    ]);
    expect(codesOf(CN_2012, { ...fuyun, faceValues: { minMinor: 1n, maxMinor: 100_001n } })).toEqual([
      'face_above_limit',
    ]);
  });

  test('it offers at least one face value', () => {
    expect(codesOf(FREE, { ...fuyun, faceValues: { fixed: [] } })).toEqual(['no_face_offered']);
    expect(codesOf(FREE, { ...fuyun, faceValues: { minMinor: 3n, maxMinor: 2n } })).toEqual([
      'no_face_offered',
    ]);
    expect(codesOf(FREE, { ...fuyun, faceValues: { minMinor: 2n, maxMinor: 2n } })).toEqual([]);
  });

  test('a pack without a currency covers every currency', () => {
    expect(codesOf(FREE, { ...fuyun, currency: 'USD' })).toEqual([]);
    expect(checkProgramme(CN_2012, { ...fuyun, currency: 'USD' })).toEqual({
      ok: false,
      refusal: [{ code: 'currency_not_covered', currency: 'USD', packCurrency: 'CNY' }],
    });
  });

  test('a card is issued with a value that is lawful and offered', () => {
    const range = { minMinor: 100n, maxMinor: 200_000n };
    const issue = (faceMinor: bigint) =>
      checkProgrammeFace(CN_2012, { kind: 'anonymous', faceValues: range }, faceMinor);
    const notOffered = refused({ code: 'face_not_offered', amountMinor: 99n, offered: range });
    expect(issue(99n)).toEqual(notOffered);
    expect(issue(100n)).toEqual(granted);
    expect(issue(100_000n)).toEqual(granted);
    expect(issue(100_001n)).toMatchObject({ refusal: { code: 'face_above_limit' } });
    expect(checkProgrammeFace(FREE, { kind: 'named', faceValues: range }, 200_000n)).toEqual(granted);
    expect(checkProgrammeFace(FREE, { kind: 'named', faceValues: range }, 200_001n)).toMatchObject({
      refusal: { code: 'face_not_offered' },
    });
    const fixed = { kind: 'named', faceValues: { fixed: [100n, 500n] } } as const;
    expect(checkProgrammeFace(CN_2012, fixed, 500n)).toEqual(granted);
    expect(checkProgrammeFace(CN_2012, fixed, 300n)).toMatchObject({ refusal: { code: 'face_not_offered' } });
  });
});
