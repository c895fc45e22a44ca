import type { Env } from '@/lib/env';
import { SECOND_MS } from '@/lib/kernel';
import { pemOf } from './pem';
import type { GatewaysConfig } from './registry';
import { SANDBOX_RETRY_DELAYS_MS, type SandboxConfig } from './sandbox/config';

/** What of the process's configuration concerns gateways. */
type Settings = Pick<Env, 'origin' | 'alipay' | 'sandboxAlipay' | 'sandbox'>;

export function gatewaysConfig(settings: Settings): GatewaysConfig {
  const { alipay, origin } = settings;
  if (!alipay) return {};
  return {
    alipay: {
      appId: alipay.appId,
      sellerId: alipay.sellerId,
      privateKeyPem: pemOf(alipay.privateKey, 'PRIVATE KEY'),
      alipayPublicKeyPem: pemOf(alipay.alipayPublicKey, 'PUBLIC KEY'),
      gatewayUrl: alipay.gatewayUrl,
      notifyUrl: `${origin}/api/webhooks/alipay`,
      timeoutMs: 6 * SECOND_MS,
    },
  };
}

/** The configuration of the Alipay sandbox; `null` where it is off, and then its routes answer 404. */
export function sandboxConfig(settings: Settings): SandboxConfig | null {
  const { alipay, sandboxAlipay, sandbox } = settings;
  if (!sandbox || !alipay || !sandboxAlipay) return null;
  return {
    appId: alipay.appId,
    sellerId: alipay.sellerId,
    sellerName: '福选商城',
    gatewayPrivateKeyPem: pemOf(sandboxAlipay.privateKey, 'PRIVATE KEY'),
    merchantPublicKeyPem: pemOf(sandboxAlipay.merchantPublicKey, 'PUBLIC KEY'),
    retryDelaysMs: SANDBOX_RETRY_DELAYS_MS,
    hangMs: 20 * SECOND_MS,
    lateMs: 20 * SECOND_MS,
  };
}
