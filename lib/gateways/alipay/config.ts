/** What one Alipay account needs. Keys are PEM text: PKCS#8 for the private key, SPKI for the public one. */
export interface AlipayConfig {
  readonly appId: string;
  /** The PID (2088…) that receives the money; notifications for another one are refused. */
  readonly sellerId: string;
  readonly privateKeyPem: string;
  readonly alipayPublicKeyPem: string;
  /** `https://openapi.alipay.com/gateway.do`, or the sandbox's. */
  readonly gatewayUrl: string;
  /** Absolute, reachable by the gateway. */
  readonly notifyUrl: string;
  /** The longest wait for a whole answer of the gateway. */
  readonly timeoutMs: number;
}
