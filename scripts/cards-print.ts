/**
 * Writes the print file of a purchase of physical cards for their producer, sealed to the producer's public key:
 * `npm run cards:print -- --purchase ID --out FILE --key PUBLIC.pem`. The parcel is then "being printed". The producer makes
 * the pair with `openssl genpkey -algorithm x25519` and opens the file with scripts/open-print-file.mjs.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeSecretFile } from '../lib/cards';
import { env } from '../lib/env';
import { moveShipment, printLines, salesContext, sealForProducer } from '../lib/sales';

const { values } = parseArgs({
  options: { purchase: { type: 'string' }, out: { type: 'string' }, key: { type: 'string' } },
});
if (!values.purchase || !values.out || !values.key) {
  process.stderr.write('usage: npm run cards:print -- --purchase ID --out FILE --key PUBLIC.pem\n');
  process.exit(2);
}
const context = salesContext(new Date());
const print = await printLines(context, { purchaseId: values.purchase, origin: env().origin });
if (!print || print.lines.length === 0) fail('there are no cards of this purchase to be printed');
const rows = print.lines.map(({ number, password, qr }) => `${number},${password},${print.faceMinor},${qr}`);
const text = `${['number,password,faceMinor,qr', ...rows].join('\n')}\n`;
const written = writeSecretFile(values.out, sealForProducer(readFileSync(values.key, 'utf8'), text));
if (!written.ok) fail(`${values.out} exists`);
// Written again after a crash, it is being produced already.
const actor = { id: 'command', role: 'operator' };
await moveShipment(context, { shipmentId: print.shipmentId, to: 'producing', actor });
process.stdout.write(`${JSON.stringify({ cards: print.lines.length, file: values.out })}\n`);
process.exit(0);

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
