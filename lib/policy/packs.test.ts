import { expect, test } from 'vitest';
import type { PolicyPack, Rule } from './model';
import { CN_2012 } from './pack-cn-2012';
import { findPolicyPack, POLICY_PACKS } from './packs';

/** Every rule of a pack, however deep it stands. */
function rulesOf(value: unknown): readonly Rule<unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  return isRule(value) ? [value] : Object.values(value).flatMap(rulesOf);
}

function isRule(value: object): value is Rule<unknown> {
  return 'id' in value && 'value' in value && 'source' in value && 'messageKey' in value;
}

const listed = (pack: PolicyPack) =>
  rulesOf(pack.rules).map(({ id, value, source }) => {
    return [id, value, source.instruments.join(' + '), source.articles, source.evidence];
  });

test('a pack is found by its name, and cn-2012 is the default', () => {
  expect(POLICY_PACKS.map((pack) => pack.id)).toEqual(['cn-2012', 'free']);
  expect(findPolicyPack('cn-2012')).toBe(CN_2012);
  expect(findPolicyPack('free')?.id).toBe('free');
  expect(findPolicyPack('cn-2013')).toBeNull();
});

test('every rule has an id of its own that names its pack, and a message', () => {
  const ids = POLICY_PACKS.flatMap((pack) => rulesOf(pack.rules).map((rule) => rule.id));
  expect(new Set(ids).size).toBe(ids.length);
  for (const pack of POLICY_PACKS) {
    for (const rule of rulesOf(pack.rules)) {
      expect(rule.id.startsWith(`${pack.id}.`)).toBe(true);
      expect(rule.messageKey).toMatch(/^rule\.[a-z_]+$/);
    }
  }
});

test('cn-2012 holds the limits of the measures, each with its source and how well it is known', () => {
  const measures = '单用途商业预付卡管理办法（商务部令2012年第9号）';
  const notice = '国办发〔2011〕25号';
  const both = `${measures} + ${notice}`;
  const validityFromThreeYears = { unlimited: true, months: { from: 36, to: null } };
  const filing = {
    withinDays: 30,
    charterShownToBuyers: true,
    fineMinMinor: 1_000_000n,
    fineMaxMinor: 3_000_000n,
  };
  expect(CN_2012.currency).toBe('CNY');
  expect(listed(CN_2012)).toEqual([
    ['cn-2012.max-value.named', 500_000n, both, null, 'text_read'],
    ['cn-2012.max-value.anonymous', 100_000n, both, null, 'text_read'],
    ['cn-2012.max-value.promotional', null, '', null, 'house'],
    ['cn-2012.validity.named', { unlimited: true, months: null }, notice, null, 'text_read'],
    ['cn-2012.validity.anonymous', validityFromThreeYears, notice, null, 'text_read'],
    ['cn-2012.validity.promotional', { unlimited: false, months: { oneOf: [12, 24] } }, '', null, 'house'],
    ['cn-2012.expired-value.named', 'revived_on_request', notice, null, 'text_read'],
    ['cn-2012.expired-value.anonymous', 'revived_on_request', notice, null, 'text_read'],
    ['cn-2012.expired-value.promotional', 'operator_decides', '', null, 'house'],
    ['cn-2012.lost-card.named', 'replaced_for_its_holder', measures, null, 'draft'],
    ['cn-2012.lost-card.anonymous', 'not_replaced', measures, null, 'draft'],
    ['cn-2012.lost-card.promotional', 'operator_decides', '', null, 'house'],
    ['cn-2012.extension.named', null, notice, null, 'text_read'],
    ['cn-2012.extension.anonymous', 36, '', null, 'house'],
    ['cn-2012.extension.promotional', 12, '', null, 'house'],
    ['cn-2012.replacement-fee', 0n, '', null, 'house'],
    ['cn-2012.request-answer', 7, '', null, 'house'],
    ['cn-2012.real-name.named', 0n, measures, '15', 'quotation_read'],
    ['cn-2012.real-name.anonymous', 1_000_000n, measures, '15', 'quotation_read'],
    ['cn-2012.real-name.promotional', null, '', null, 'house'],
    ['cn-2012.non-cash.company', 500_000n, measures, '16', 'quotation_read'],
    ['cn-2012.non-cash.individual', 5_000_000n, measures, '16', 'quotation_read'],
    ['cn-2012.non-cash.off-site', 0n, measures, '16', 'quotation_read'],
    ['cn-2012.day-purchase.individual', 10_000_000n, '', null, 'house'],
    ['cn-2012.day-purchase.company', 100_000_000n, '', null, 'house'],
    ['cn-2012.records', 5, measures, null, 'press'],
    ['cn-2012.custody.scale', 2_000n, measures, '26–28', 'text_read'],
    ['cn-2012.custody.group', 3_000n, measures, '26–28', 'text_read'],
    ['cn-2012.custody.brand', 4_000n, measures, '26–28', 'text_read'],
    ['cn-2012.cash-refund', 10_000n, measures, '21', 'second_hand'],
    ['cn-2012.goods-return', 'to_the_tender_that_paid', measures, null, 'draft'],
    ['cn-2012.withdrawal', 7, '法释〔2025〕4号', null, 'second_hand'],
    ['cn-2012.filing', filing, measures, '7, 14, 36, 37', 'text_read'],
  ]);
});

test('where a source is not plain, a note says why', () => {
  const notes = rulesOf(CN_2012.rules).flatMap(({ id, source }) =>
    source.note === undefined ? [] : [[id.replace('cn-2012.', ''), source.note]],
  );
  expect(notes.every(([, note]) => note !== undefined && note.length > 20)).toBe(true);
  expect(notes.map(([id]) => id)).toEqual([
    'max-value.promotional',
    'validity.named',
    'validity.anonymous',
    'validity.promotional',
    'expired-value.named',
    'expired-value.anonymous',
    'expired-value.promotional',
    'lost-card.named',
    'lost-card.anonymous',
    'lost-card.promotional',
    'extension.named',
    'extension.anonymous',
    'extension.promotional',
    'replacement-fee',
    'request-answer',
    'real-name.promotional',
    'day-purchase.individual',
    'day-purchase.company',
    'records',
    'custody.scale',
    'custody.group',
    'custody.brand',
    'goods-return',
    'withdrawal',
  ]);
});

test('the free pack limits nothing but the months that an operator may choose and the time for an answer', () => {
  const free = findPolicyPack('free');
  expect(free && rulesOf(free.rules).map(({ id }) => id.replace('free.', ''))).toEqual([
    ...['max-value.named', 'max-value.anonymous', 'max-value.promotional'],
    ...['validity.named', 'validity.anonymous', 'validity.promotional'],
    ...['expired-value.named', 'expired-value.anonymous', 'expired-value.promotional'],
    ...['lost-card.named', 'lost-card.anonymous', 'lost-card.promotional'],
    ...['extension.named', 'extension.anonymous', 'extension.promotional'],
    ...['replacement-fee', 'request-answer'],
    ...['real-name.named', 'real-name.anonymous', 'real-name.promotional'],
    ...['non-cash.company', 'non-cash.individual', 'non-cash.off-site'],
    ...['day-purchase.individual', 'day-purchase.company'],
    ...['records', 'cash-refund', 'goods-return', 'withdrawal', 'filing'],
  ]);
  expect(free?.currency).toBeNull();
  const limits = free
    ? listed(free).filter(([, value]) => value !== null && value !== 'operator_decides')
    : [];
  expect(limits).toEqual([
    ['free.validity.named', { unlimited: true, months: { from: 12, to: 36 } }, '', null, 'house'],
    ['free.validity.anonymous', { unlimited: true, months: { from: 12, to: 36 } }, '', null, 'house'],
    ['free.validity.promotional', { unlimited: false, months: { from: 12, to: 36 } }, '', null, 'house'],
    ['free.replacement-fee', 0n, '', null, 'house'],
    ['free.request-answer', 7, '', null, 'house'],
  ]);
  expect(free?.rules.custodyBasisPoints).toEqual({});
});
