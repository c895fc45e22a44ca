import { expect, test } from 'vitest';
import { withoutLinks } from './log';

test('a line that quotes a redeem link keeps its end to itself', () => {
  const token = 'Zk3_4Hs-9Qx7Yb2Lw8Ne1Rt5Vm6';
  const line = JSON.stringify({
    err: { message: `GET https://shop.example/g/${token}?x=1 failed` },
    path: `/g/${token}`,
  });
  expect(withoutLinks(line)).not.toContain(token);
  expect(withoutLinks(line)).toContain('https://shop.example/g/[redacted]?x=1 failed');
  expect(withoutLinks('/gifts/gft_01 and /g/ stay')).toBe('/gifts/gft_01 and /g/ stay');
});
