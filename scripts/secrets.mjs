// Secrets for the demo and for development, made once into the git-ignored data folder. Production refuses them
// by their mark.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const dataFolder = () => process.env.KABAO_DATA_DIR ?? join(process.cwd(), '.kabao');

/** Makes what is missing of the demo's secrets and returns all of them. */
export function ensureSecrets(folder = dataFolder()) {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const file = join(folder, 'secrets.json');
  const present = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = { ...freshSecrets(), ...present };
  if (Object.keys(secrets).length !== Object.keys(present).length) {
    writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return secrets;
}

/** Key pairs of both sides of the Alipay sandbox, and 32 random bytes for everything else. */
export function freshSecrets() {
  const shop = rsaPair();
  const alipay = rsaPair();
  return {
    KABAO_SESSION_SECRET: `demo-${hex()}`,
    KABAO_NUMBER_KEYS: `1:demo-${hex()}`,
    KABAO_PASSWORD_KEYS: `1:demo-${hex()}`,
    KABAO_SEAL_KEYS: `1:demo-${hex()}`,
    KABAO_CAPTCHA_KEY: `demo-${hex()}`,
    KABAO_CHECKPOINT_KEY: `demo-${hex()}`,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    ALIPAY_APP_ID: '2021000000000001',
    ALIPAY_SELLER_ID: '2088000000000001',
    ALIPAY_PRIVATE_KEY: shop.privateKey,
    ALIPAY_PUBLIC_KEY: alipay.publicKey,
    SANDBOX_ALIPAY_PRIVATE_KEY: alipay.privateKey,
    SANDBOX_MERCHANT_PUBLIC_KEY: shop.publicKey,
  };
}

function hex() {
  return randomBytes(32).toString('hex');
}

function rsaPair() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
}
