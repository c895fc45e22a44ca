import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { KEYS } from './alipay/testing';
import { gatewaysConfig, sandboxConfig } from './configuration';
import { pemOf } from './pem';

const bare = (pem: string) => pem.replace(/-----[A-Z ]+-----|\s/g, '');

const settings = {
  origin: 'https://cards.example',
  sandbox: true,
  alipay: {
    appId: '2021000000000001',
    sellerId: '2088000000000001',
    privateKey: bare(KEYS.merchant.privateKeyPem),
    alipayPublicKey: bare(KEYS.gateway.publicKeyPem),
    gatewayUrl: 'https://cards.example/sandbox/alipay/gateway',
  },
  sandboxAlipay: {
    privateKey: bare(KEYS.gateway.privateKeyPem),
    merchantPublicKey: bare(KEYS.merchant.publicKeyPem),
  },
};

test('a key is taken as PEM, as bare base64, and with escaped line ends', () => {
  const { privateKeyPem, publicKeyPem } = KEYS.merchant;
  const same = createPrivateKey(privateKeyPem);
  for (const given of [privateKeyPem, bare(privateKeyPem), privateKeyPem.replaceAll('\n', '\\n')]) {
    expect(createPrivateKey(pemOf(given, 'PRIVATE KEY')).equals(same)).toBe(true);
  }
  expect(createPublicKey(pemOf(bare(publicKeyPem), 'PUBLIC KEY')).equals(createPublicKey(publicKeyPem))).toBe(
    true,
  );
});

test('notifications go to the webhook of the public address', () => {
  expect(gatewaysConfig(settings).alipay?.notifyUrl).toBe('https://cards.example/api/webhooks/alipay');
});

test('without an account no gateway is offered, and without being switched on no sandbox', () => {
  expect(gatewaysConfig({ ...settings, alipay: null })).toEqual({});
  expect(sandboxConfig(settings)).not.toBeNull();
  expect(sandboxConfig({ ...settings, sandbox: false })).toBeNull();
  expect(sandboxConfig({ ...settings, sandboxAlipay: null })).toBeNull();
});
