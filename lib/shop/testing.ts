import type { Database } from '@/lib/database';
import { type Id, newId } from '@/lib/kernel';
import type { Product } from './model';

/** A shopper who can hold a basket; nobody signs in with it. */
export async function insertShopper(db: Database, now: Date): Promise<Id<'usr'>> {
  const id = newId('usr');
  await db.user.create({
    data: {
      id,
      email: `${id}@shop.test`,
      name: '测试',
      passwordHash: '',
      role: 'shopper',
      locale: 'zh-CN',
      createdAt: now,
    },
  });
  return id;
}

/** A product of a pure test, with what the test does not care about filled in. */
export function exampleProduct(given: Partial<Product> = {}): Product {
  return {
    id: newId('prd'),
    slug: 'example',
    merchant: { id: newId('mer'), kind: 'self', name: { zh: '自营', en: 'Direct' } },
    category: 'home',
    kind: 'goods',
    title: { zh: '杯子', en: 'Mug' },
    description: { zh: '一只杯子', en: 'A mug' },
    priceMinor: 100n,
    currency: 'CNY',
    art: 'home/mug',
    ...given,
  };
}
