import {
  createCipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { invariant } from '@/lib/kernel';

/**
 * Seals a text for whoever holds the private key of `publicKeyPem` (X25519, SPKI in PEM): a key pair for this file alone
 * (RFC 7748), HKDF-SHA-256 over the shared secret with both public keys as salt (RFC 5869), AES-256-GCM with the header
 * as associated data. We ourselves cannot open it again. `scripts/open-print-file.mjs` does, on the producer's machine.
 */
export function sealForProducer(publicKeyPem: string, text: string): string {
  const recipient = createPublicKey(publicKeyPem);
  invariant(recipient.asymmetricKeyType === 'x25519', 'the producer’s key is an X25519 key');
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const header = `${FORMAT} ${rawOf(publicKey).toString('base64')}`;
  const secret = diffieHellman({ privateKey, publicKey: recipient });
  const salt = Buffer.concat([rawOf(publicKey), rawOf(recipient)]);
  const key = Buffer.from(hkdfSync('sha256', secret, salt, FORMAT, 32));
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(header));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `${header}\n${Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64')}\n`;
}

const FORMAT = 'kabao-print-1';

/** The 32 bytes at the end of an X25519 key in SPKI. */
function rawOf(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(-32);
}
