import type { Programme } from './model';

/**
 * The programmes that a fresh installation starts with. The prefixes begin with 9, which ISO/IEC 7812-1 leaves to
 * national use, so that no number of ours is ever taken for a bank card's. `laoyou` takes the paper cards of an older
 * system in.
 */
export const FIRST_PROGRAMMES: readonly Programme[] = [
  {
    id: 'fuyun',
    nameZh: '福运',
    nameEn: 'Fuyun',
    kind: 'anonymous',
    medium: 'electronic',
    currency: 'CNY',
    policyPack: 'cn-2012',
    prefix: '9101',
    validityMonths: 36,
    faceValues: { minMinor: 1n, maxMinor: 100_000n },
    spendingRule: { products: { allow: ['goods', 'fresh'] }, merchants: { allow: ['self', 'pop'] } },
    colours: { from: '#8f1d18', to: '#c8452f' },
    lapseAfterDays: null,
  },
  {
    id: 'zhenxiang',
    nameZh: '臻享',
    nameEn: 'Zhenxiang',
    kind: 'named',
    medium: 'physical',
    currency: 'CNY',
    policyPack: 'cn-2012',
    prefix: '9102',
    validityMonths: null,
    faceValues: { fixed: [10_000n, 20_000n, 50_000n, 100_000n, 150_000n, 200_000n, 500_000n] },
    spendingRule: { products: { allow: ['goods', 'fresh'] }, merchants: { allow: ['self', 'pop'] } },
    colours: { from: '#153f39', to: '#2b7a66' },
    lapseAfterDays: null,
  },
  {
    id: 'zengka',
    nameZh: '赠卡',
    nameEn: 'Bonus card',
    kind: 'promotional',
    medium: 'electronic',
    currency: 'CNY',
    policyPack: 'cn-2012',
    prefix: '9103',
    validityMonths: 12,
    faceValues: { minMinor: 1n, maxMinor: 100_000n },
    spendingRule: { products: { allow: ['goods'] }, merchants: { allow: ['self'] } },
    colours: { from: '#6a4300', to: '#b07a1c' },
    lapseAfterDays: 30,
  },
  {
    id: 'laoyou',
    nameZh: '老友',
    nameEn: 'Laoyou',
    kind: 'anonymous',
    medium: 'physical',
    currency: 'CNY',
    policyPack: 'cn-2012',
    prefix: '9104',
    validityMonths: null,
    faceValues: { minMinor: 1n, maxMinor: 100_000n },
    spendingRule: { products: { allow: ['goods', 'fresh'] }, merchants: { allow: ['self', 'pop'] } },
    colours: { from: '#1f2f55', to: '#4a64a0' },
    lapseAfterDays: null,
  },
];
