import { expect, test } from 'vitest';
import { parseId } from '@/lib/kernel';
import { CATEGORIES } from '../model';
import { CATALOGUE, MERCHANTS } from '.';

const products = CATALOGUE.flatMap((shelf) => shelf.products);

test('every department has a shelf, in the order of the departments', () => {
  expect(CATALOGUE.map((shelf) => shelf.category)).toEqual([...CATEGORIES]);
  expect(products.length).toBeGreaterThanOrEqual(48);
});

test('slugs, titles and merchant ids are each their own', () => {
  expect(new Set(products.map((product) => product.slug)).size).toBe(products.length);
  expect(new Set(products.map((product) => product.title.zh)).size).toBe(products.length);
  expect(MERCHANTS.every((merchant) => parseId('mer', merchant.id))).toBe(true);
  expect(new Set(MERCHANTS.map((merchant) => merchant.id)).size).toBe(MERCHANTS.length);
});

test('every kind of product is sold, and the platform has merchants of its own and others', () => {
  expect(new Set(products.map((product) => product.kind))).toEqual(
    new Set(['goods', 'fresh', 'virtual', 'gold']),
  );
  const kinds = products.map((product) => product.merchant.kind);
  expect(kinds).toContain('self');
  expect(
    new Set(products.filter((p) => p.merchant.kind === 'pop').map((p) => p.merchant.id)).size,
  ).toBeGreaterThan(3);
});

test('every product has a price and both languages', () => {
  for (const product of products) {
    expect(product.priceMinor).toBeGreaterThan(0n);
    for (const text of [product.title, product.description]) {
      expect(text.zh).toMatch(/\p{Script=Han}/u);
      expect(text.en.length).toBeGreaterThan(3);
    }
  }
});
