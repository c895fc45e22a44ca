import type { AlipayConfig } from './alipay/config';
import { alipayGateway } from './alipay/gateway';
import { withSteps } from './named-steps';
import { GATEWAY_NAMES, type Gateway, type GatewayName } from './port';

/** The configured gateways, by name; one that is absent is not offered. */
export interface GatewaysConfig {
  readonly alipay?: AlipayConfig;
}

/** How each gateway is built; the type asks for one entry per name. */
const BUILDERS: { readonly [Name in GatewayName]: (config: GatewaysConfig) => Gateway | null } = {
  alipay: ({ alipay }) => (alipay ? alipayGateway(alipay) : null),
};

/** The gateway of that name; `null` when there is none, or none is configured. `name` may come from an address. */
export function gatewayByName(config: GatewaysConfig, name: string): Gateway | null {
  const known = GATEWAY_NAMES.find((candidate) => candidate === name);
  const gateway = known ? BUILDERS[known](config) : null;
  return gateway && withSteps(gateway);
}
