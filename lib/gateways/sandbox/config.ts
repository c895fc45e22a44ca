import { generateKeyPairSync } from 'node:crypto';

/** One RSA key pair as PEM text: PKCS#8 and SPKI. */
export interface SandboxKeyPair {
  readonly privateKeyPem: string;
  readonly publicKeyPem: string;
}

/** Both sides' keys. Each side gets its own private key and the other's public one. */
export interface SandboxKeys {
  readonly merchant: SandboxKeyPair;
  readonly gateway: SandboxKeyPair;
}

/** What the sandbox needs. It never sees the merchant's private key. */
export interface SandboxConfig {
  /** The one merchant it serves. */
  readonly appId: string;
  readonly sellerId: string;
  /** The payee on the cashier page. */
  readonly sellerName: string;
  readonly gatewayPrivateKeyPem: string;
  readonly merchantPublicKeyPem: string;
  /** Waits before the second and every further delivery of a notification; after the last it gives up. */
  readonly retryDelaysMs: readonly number[];
  /** How long a lost answer keeps the connection open. */
  readonly hangMs: number;
  /** How late a `late` notification is. */
  readonly lateMs: number;
}

/** Alipay's 4 min, 10 min, 10 min, 1 h, 2 h, 6 h, 15 h, three hundred times as fast. */
export const SANDBOX_RETRY_DELAYS_MS = [800, 2_000, 2_000, 12_000, 24_000, 72_000, 180_000] as const;

/** Two fresh RSA-2048 pairs. For demos and tests only: a real merchant's key comes from Alipay's key tool. */
export function generateSandboxKeys(): SandboxKeys {
  return { merchant: generatePair(), gateway: generatePair() };
}

function generatePair(): SandboxKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return { privateKeyPem: privateKey, publicKeyPem: publicKey };
}
