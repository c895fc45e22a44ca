import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sealForProducer } from './print-file';

const folder = mkdtempSync(join(tmpdir(), 'kabao-print-'));
const TEXT = 'number,password\n9101000000000001,7K2M-9QXA-1ZMD-55TV\n';
const pair = () =>
  generateKeyPairSync('x25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

afterAll(() => rmSync(folder, { recursive: true }));

function open(sealed: string, privateKey: string): string {
  const [file, key] = [join(folder, 'file'), join(folder, 'key')];
  writeFileSync(file, sealed);
  writeFileSync(key, privateKey);
  const args = ['scripts/open-print-file.mjs', '--in', file, '--key', key];
  return execFileSync(process.execPath, args, { encoding: 'utf8', stdio: 'pipe' });
}

test('a print file opens with the producer’s key alone, and not when a byte of it was changed', () => {
  const [producer, other] = [pair(), pair()];
  const sealed = sealForProducer(producer.publicKey, TEXT);
  expect(sealed).not.toContain('7K2M');
  expect(open(sealed, producer.privateKey)).toBe(TEXT);
  expect(() => open(sealed, other.privateKey)).toThrow();
  const altered = sealed.replace(/(.{30})(.)(.*)\n$/, (_, a, b, c) => `${a}${b === 'A' ? 'B' : 'A'}${c}\n`);
  expect(() => open(altered, producer.privateKey)).toThrow();
  expect(() =>
    sealForProducer(
      generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      TEXT,
    ),
  ).toThrow();
});
