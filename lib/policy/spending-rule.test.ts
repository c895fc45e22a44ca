import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eligible, spendingRuleSchema } from '.';
import {
  MERCHANT_KINDS,
  PAYABLE_KINDS,
  PRODUCT_KINDS,
  type SpendingLine,
  type SpendingRule,
} from './spending-rule';

const book: SpendingLine = { kind: 'goods', category: 'books', merchantId: 'mer_1', merchantKind: 'self' };
const fish: SpendingLine = { ...book, kind: 'fresh', category: 'fish' };
const popBook: SpendingLine = { ...book, merchantId: 'mer_2', merchantKind: 'pop' };
const yes = { eligible: true };

/** The code of the reason why not, or `true`. */
function answer(rule: SpendingRule, line: SpendingLine): true | string {
  const result = eligible(rule, line);
  return result.eligible || result.reason.code;
}

describe('without a word', () => {
  test('a card buys goods of any category from the self-operated merchant', () => {
    expect(eligible({}, book)).toEqual(yes);
    expect(eligible({}, { ...book, category: 'toys', merchantId: 'mer_9' })).toEqual(yes);
  });

  test('it buys no fresh food and nothing from POP merchants', () => {
    expect(eligible({}, fish)).toEqual({
      eligible: false,
      reason: { code: 'product_not_included', kind: 'fresh' },
    });
    expect(eligible({}, popBook)).toEqual({
      eligible: false,
      reason: { code: 'merchant_not_included', merchantId: 'mer_2', merchantKind: 'pop' },
    });
  });
});

describe('a programme opts in', () => {
  test('to fresh food beside goods, or to fresh food alone', () => {
    expect(answer({ products: { allow: ['goods', 'fresh'] } }, fish)).toBe(true);
    expect(answer({ products: { allow: ['goods', 'fresh'] } }, book)).toBe(true);
    expect(answer({ products: { allow: ['fresh'] } }, fish)).toBe(true);
    expect(answer({ products: { allow: ['fresh'] } }, book)).toBe('product_not_included');
  });

  test('to all POP merchants, or to one of them', () => {
    expect(answer({ merchants: { allow: ['self', 'pop'] } }, popBook)).toBe(true);
    expect(answer({ merchants: { allow: ['self', 'pop'] } }, book)).toBe(true);
    expect(answer({ merchants: { allow: ['pop'] } }, book)).toBe('merchant_not_included');
    expect(answer({ merchants: { allow: ['mer_2'] } }, popBook)).toBe(true);
    expect(answer({ merchants: { allow: ['mer_2'] } }, { ...popBook, merchantId: 'mer_3' })).toBe(
      'merchant_not_included',
    );
  });
});

describe('categories', () => {
  test('a list of allowed ones is complete', () => {
    expect(answer({ categories: { allow: ['books'] } }, book)).toBe(true);
    expect(eligible({ categories: { allow: ['books'] } }, { ...book, category: 'toys' })).toEqual({
      eligible: false,
      reason: { code: 'category_not_included', category: 'toys' },
    });
  });

  test('denied ones are out, even when they are allowed too', () => {
    expect(answer({ categories: { deny: ['toys'] } }, book)).toBe(true);
    expect(eligible({ categories: { deny: ['books'] } }, book)).toEqual({
      eligible: false,
      reason: { code: 'category_excluded', category: 'books' },
    });
    expect(answer({ categories: { allow: ['books'], deny: ['books'] } }, book)).toBe('category_excluded');
  });
});

describe('merchants', () => {
  test('denied ones are out by id or kind, even when they are allowed too', () => {
    expect(eligible({ merchants: { allow: ['pop'], deny: ['mer_2'] } }, popBook)).toEqual({
      eligible: false,
      reason: { code: 'merchant_excluded', merchantId: 'mer_2', merchantKind: 'pop' },
    });
    expect(answer({ merchants: { allow: ['mer_2'], deny: ['pop'] } }, popBook)).toBe('merchant_excluded');
    expect(
      answer({ merchants: { allow: ['pop'], deny: ['mer_2'] } }, { ...popBook, merchantId: 'mer_3' }),
    ).toBe(true);
  });

  test('denying some does not open the others', () => {
    expect(answer({ merchants: { deny: ['mer_3'] } }, popBook)).toBe('merchant_not_included');
    expect(answer({ merchants: { deny: ['mer_3'] } }, book)).toBe(true);
  });
});

test('of several reasons the product comes first, then the merchant, then the category', () => {
  const rule: SpendingRule = { categories: { deny: ['fish'] }, merchants: { deny: ['pop'] } };
  const popFish: SpendingLine = { ...popBook, kind: 'fresh', category: 'fish' };
  expect(answer(rule, popFish)).toBe('product_not_included');
  expect(answer(rule, { ...popFish, kind: 'goods' })).toBe('merchant_excluded');
  expect(answer(rule, { ...popFish, kind: 'goods', merchantKind: 'self' })).toBe('category_excluded');
});

const lists = fc.option(fc.uniqueArray(fc.constantFrom('self', 'pop', 'mer_1', 'mer_2'), { minLength: 1 }), {
  nil: undefined,
});
const categories = fc.option(fc.uniqueArray(fc.constantFrom('books', 'gold', 'fish'), { minLength: 1 }), {
  nil: undefined,
});
const rules: fc.Arbitrary<SpendingRule> = fc.record(
  {
    products: fc.record({ allow: fc.uniqueArray(fc.constantFrom(...PAYABLE_KINDS), { minLength: 1 }) }),
    categories: fc.record({ allow: categories, deny: categories }),
    merchants: fc.record({ allow: lists, deny: lists }),
  },
  { requiredKeys: [] },
);
const lines: fc.Arbitrary<SpendingLine> = fc.record({
  kind: fc.constantFrom(...PRODUCT_KINDS),
  category: fc.constantFrom('books', 'gold', 'fish'),
  merchantId: fc.constantFrom('mer_1', 'mer_2'),
  merchantKind: fc.constantFrom(...MERCHANT_KINDS),
});

test('no rule lets a card pay virtual goods or investment gold', () => {
  fc.assert(
    fc.property(rules, lines, fc.constantFrom('virtual', 'gold'), (rule, line, kind) => {
      expect(eligible(rule, { ...line, kind })).toEqual({
        eligible: false,
        reason: { code: 'never_paid_by_card', kind },
      });
    }),
  );
});

test('what is denied or not opted into is never paid, whatever else the rule says', () => {
  fc.assert(
    fc.property(rules, lines, (rule, line) => {
      if (!eligible(rule, line).eligible) return;
      expect(rule.categories?.deny ?? []).not.toContain(line.category);
      const { allow = ['self'], deny = [] } = rule.merchants ?? {};
      expect(allow.includes(line.merchantId) || allow.includes(line.merchantKind)).toBe(true);
      expect(deny.includes(line.merchantId) || deny.includes(line.merchantKind)).toBe(false);
      expect(rule.products?.allow ?? ['goods']).toContain(line.kind);
    }),
    { numRuns: 500 },
  );
});

describe('as it is stored', () => {
  test('every rule comes back from JSON as it went in', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        expect(spendingRuleSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
      }),
    );
  });

  test.each([
    ['virtual goods', { products: { allow: ['goods', 'virtual'] } }],
    ['gold', { products: { allow: ['gold'] } }],
    ['denied products', { products: { deny: ['fresh'] } }],
    ['an unknown word', { product: { allow: ['goods'] } }],
    ['an unknown word inside', { categories: { allowed: ['books'] } }],
    ['an unknown word beside merchants', { merchants: { allow: ['self'], only: true } }],
    ['an empty list', { categories: { allow: [] } }],
    ['an empty list of products', { products: { allow: [] } }],
    ['the same name twice', { categories: { deny: ['books', 'books'] } }],
    ['the same product twice', { products: { allow: ['goods', 'goods'] } }],
    ['a category that is no key', { categories: { allow: ['Books and more'] } }],
    ['a merchant that is neither kind nor id', { merchants: { allow: ['slef'] } }],
    ['text', 'goods'],
  ])('%s is refused', (_, rule) => {
    expect(spendingRuleSchema.safeParse(rule).success).toBe(false);
  });

  test('categories and merchants are written as keys', () => {
    const categories = { allow: ['a', '3c-digital', 'home_kitchen', 'x'.repeat(64)] };
    const merchants = { allow: ['self', 'mer_01jd000000000000000000000a', 'mer_demo-shop'], deny: ['pop'] };
    expect(spendingRuleSchema.parse({ categories, merchants })).toEqual({ categories, merchants });
    expect(spendingRuleSchema.safeParse({ categories: { allow: ['x'.repeat(65)] } }).success).toBe(false);
    expect(spendingRuleSchema.safeParse({ categories: { allow: ['-a'] } }).success).toBe(false);
    expect(spendingRuleSchema.safeParse({ merchants: { allow: ['mer_'] } }).success).toBe(false);
    expect(spendingRuleSchema.safeParse({ merchants: { allow: [`mer_${'x'.repeat(65)}`] } }).success).toBe(
      false,
    );
  });
});
