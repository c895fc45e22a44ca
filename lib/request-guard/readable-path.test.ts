import { expect, test } from 'vitest';
import { isReadablePath } from './readable-path';

test.each(['/', '/cards/crd_01', '/shop/%E7%A6%8F', '/100%25', '/a%2Fb'])('%s can be read', (path) => {
  expect(isReadablePath(path)).toBe(true);
});

test.each(['/cards/%E0%A4%A', '/%', '/shop/100%', '/shop/%00', '/%ED%A0%80'])('%s cannot', (path) => {
  expect(isReadablePath(path)).toBe(false);
});
