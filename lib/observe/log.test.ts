import { expect, test } from 'vitest';
import { errorFields, withoutLinks } from './log';

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

test('of an error the log tells what it is and where it was, and nothing that hangs on it', () => {
  const client = { connectionParameters: { host: '10.0.0.5' }, secretKey: -1_489_563_222 };
  const lost = Object.assign(new Error('Connection terminated'), { code: '57P01', client });
  const { stack, ...told } = errorFields(lost);
  expect(told).toEqual({ type: 'Error', message: 'Connection terminated', code: '57P01' });
  expect(String(stack)).toContain('log.test');
  expect(errorFields('gone')).toEqual({ message: 'gone' });
});
