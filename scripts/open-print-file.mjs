/**
 * Opens a print file with the producer's private key, without the rest of this repository:
 * `node open-print-file.mjs --in FILE --key PRIVATE.pem` prints its lines. The format stands in lib/sales/print-file.ts.
 */
import { createDecipheriv, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { in: { type: 'string' }, key: { type: 'string' } } });
if (!values.in || !values.key) {
  process.stderr.write('usage: node open-print-file.mjs --in FILE --key PRIVATE.pem\n');
  process.exit(2);
}
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const [header = '', body = ''] = readFileSync(values.in, 'utf8').split('\n');
const [format = '', sender = ''] = header.split(' ');
const privateKey = createPrivateKey(readFileSync(values.key));
const raw = Buffer.from(sender, 'base64');
const publicKey = createPublicKey({ key: Buffer.concat([SPKI, raw]), type: 'spki', format: 'der' });
const own = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32);
const secret = diffieHellman({ privateKey, publicKey });
const key = Buffer.from(hkdfSync('sha256', secret, Buffer.concat([raw, own]), format, 32));
const bytes = Buffer.from(body, 'base64');
const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
decipher.setAAD(Buffer.from(header));
decipher.setAuthTag(bytes.subarray(-16));
process.stdout.write(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]));
