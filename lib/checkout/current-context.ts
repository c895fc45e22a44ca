import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { type GatewaysConfig, gatewayByName } from '@/lib/gateways';
import type { CheckoutContext } from './model';

const GATEWAY_TIMEOUT_MS = 8_000;

/** Checkout as this process is configured, at this moment. */
export function checkoutContext(now: Date): CheckoutContext {
  const config = gatewaysConfig();
  return {
    db: database(),
    now,
    gateway: (name) => gatewayByName(config, name),
    refundPolicy: env().refundPolicy,
  };
}

function gatewaysConfig(): GatewaysConfig {
  const { alipay, origin } = env();
  if (!alipay) return {};
  return {
    alipay: {
      appId: alipay.appId,
      sellerId: alipay.sellerId,
      privateKeyPem: pem('PRIVATE KEY', alipay.privateKey),
      alipayPublicKeyPem: pem('PUBLIC KEY', alipay.alipayPublicKey),
      gatewayUrl: alipay.gatewayUrl,
      notifyUrl: `${origin}/api/webhooks/alipay`,
      timeoutMs: GATEWAY_TIMEOUT_MS,
    },
  };
}

/** Alipay's key tool gives bare base64; PEM text passes as it is. */
export function pem(kind: 'PRIVATE KEY' | 'PUBLIC KEY', key: string): string {
  if (key.includes('-----BEGIN')) return key;
  const lines = key.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----\n`;
}
