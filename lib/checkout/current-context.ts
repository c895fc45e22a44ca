import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { gatewayByName, gatewaysConfig } from '@/lib/gateways';
import type { CheckoutContext } from './model';

/** Checkout as this process is configured, at this moment. */
export function checkoutContext(now: Date): CheckoutContext {
  const config = gatewaysConfig(env());
  return {
    db: database(),
    now,
    gateway: (name) => gatewayByName(config, name),
    refundPolicy: env().refundPolicy,
    zone: env().issuerZone,
  };
}
