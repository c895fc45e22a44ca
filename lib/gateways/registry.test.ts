import { expect, test } from 'vitest';
import { testConfig } from './alipay/testing';
import { gatewayByName } from './registry';

test('only a configured gateway is offered', () => {
  expect(gatewayByName({ alipay: testConfig() }, 'alipay')?.name).toBe('alipay');
  expect(gatewayByName({}, 'alipay')).toBeNull();
});

test('a name from an address that is no gateway finds none', () => {
  for (const name of ['', 'toString', '__proto__', 'ALIPAY', 'wechat']) {
    expect(gatewayByName({ alipay: testConfig() }, name)).toBeNull();
  }
});
