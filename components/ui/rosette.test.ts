import { expect, test } from 'vitest';
import { sealOf } from './rosette';

const seals = Array.from({ length: 500 }, (_, n) => sealOf(`ord_01jd8${n}`));

test('the same text has the same seal, another text another', () => {
  expect(sealOf('ord_01jd80')).toEqual(seals[0]);
  expect(new Set(seals.map(({ path }) => path)).size).toBe(seals.length);
});

test('a seal is drawn in under two kilobytes, with finite numbers and known commands only', () => {
  for (const { path, fold } of seals) {
    expect(path.length + fold * 52).toBeLessThan(2_000);
    expect(path).toMatch(/^(M-?[\d.]+ -?[\d.]+c[\d.\s-]+)+$/);
  }
});
