import { expect, test } from 'vitest';
import { CATALOGUE } from '@/lib/shop/catalogue';
import { artworkOf } from '.';

const arts = CATALOGUE.flatMap(({ category, products }) => products.map(({ art }) => `${category}/${art}`));

test('every product of the catalogue is drawn', () => {
  expect(arts.filter((art) => artworkOf(art).drawing === null)).toEqual([]);
});

test('a picture follows from its name alone, and no two products share one', () => {
  for (const art of arts) expect(artworkOf(art)).toEqual(artworkOf(art));
  expect(new Set(arts.map((art) => JSON.stringify(artworkOf(art)))).size).toBe(arts.length);
});

test('paths hold finite numbers only, and a picture stays under 6 kB', () => {
  for (const art of arts) {
    const { ground, drawing } = artworkOf(art);
    const paths = [ground.d, ...(drawing?.shapes ?? []).map((shape) => shape.d)];
    expect(paths.join('')).not.toMatch(/NaN|undefined|Infinity/);
    expect(paths.join('').length).toBeLessThan(6_000);
  }
});

test('an unknown name still has a ground', () => {
  expect(artworkOf('nothing/here')).toMatchObject({ drawing: null });
});
