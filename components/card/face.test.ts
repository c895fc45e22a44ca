import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cardFace } from './face';

const ids = fc.string({
  unit: fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz'),
  minLength: 26,
  maxLength: 26,
});

test('the same card has the same engraving, always', () => {
  fc.assert(
    fc.property(ids, (id) => {
      expect(cardFace(id)).toEqual(cardFace(id));
    }),
  );
});

test('a thousand cards have a thousand engravings, though their ids differ in the last character only', () => {
  const faces = Array.from({ length: 1000 }, (_, n) => cardFace(`crd_01jd8${n}`).paths.join());
  expect(new Set(faces).size).toBe(1000);
});

test('paths are finite numbers and known commands only', () => {
  fc.assert(
    fc.property(ids, (id) => {
      for (const path of cardFace(id).paths) expect(path).toMatch(/^(M-?[\d.]+ -?[\d.]+c[\d.\s-]+)+$/);
    }),
  );
});

test('an engraving, with every turn of its sectors, stays under 12 kB', () => {
  fc.assert(
    fc.property(ids, (id) => {
      const { paths, folds } = cardFace(id);
      const turns = folds.reduce((sum, fold) => sum + fold, 0);
      expect(paths.join('').length + turns * 56 + 1500).toBeLessThan(12_000);
    }),
  );
});

test('the strands of a ring meet at the seams of its sectors', () => {
  fc.assert(
    fc.property(ids, (id) => {
      const { paths, folds } = cardFace(id);
      paths.forEach((path, ring) => {
        const turn = (2 * Math.PI) / (folds[ring] ?? 1);
        const strands = path.split('M').filter(Boolean).map(endsOf);
        for (const { end } of strands) {
          const gaps = strands.map(({ start }) =>
            Math.hypot(
              start.x * Math.cos(turn) - start.y * Math.sin(turn) - end.x,
              start.x * Math.sin(turn) + start.y * Math.cos(turn) - end.y,
            ),
          );
          expect(Math.min(...gaps)).toBeLessThan(0.5);
        }
      });
    }),
    { numRuns: 30 },
  );
});

function endsOf(strand: string) {
  const [first = '', curves = ''] = strand.split('c');
  const [x = Number.NaN, y = Number.NaN] = first.split(' ').map(Number);
  const numbers = (curves.match(/-?(\d+\.\d+|\.\d+|\d+)/g) ?? []).map(Number);
  const end = { x, y };
  for (let index = 4; index < numbers.length; index += 6) {
    end.x += numbers[index] ?? Number.NaN;
    end.y += numbers[index + 1] ?? Number.NaN;
  }
  return { start: { x, y }, end };
}
