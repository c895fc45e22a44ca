/**
 * `npm run ledger:checkpoint -- --out FILE [--transfers FILE]`: seals what is not sealed, verifies the whole chain and
 * signs its end with KABAO_CHECKPOINT_KEY. `--transfers` also writes every transfer, for `scripts/verify-checkpoint.mjs`.
 * Files that exist are not touched; nothing is signed when the verification finds a difference.
 */

import { once } from 'node:events';
import { createWriteStream, existsSync, rmSync, writeFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { database } from '../lib/database';
import { env } from '../lib/env';
import {
  sealLine,
  sealStragglers,
  sealTransfers,
  signCheckpoint,
  transferLine,
  verifySeals,
} from '../lib/ledger';

const USAGE = `npm run ledger:checkpoint -- --out FILE [--transfers FILE]

  --out        the checkpoint: JSON, signed with KABAO_CHECKPOINT_KEY; keep it where the database cannot reach
  --transfers  also every transfer, one line of JSON each: what the checkpoint can be checked against`;

const { values } = parseArgs({ options: { out: { type: 'string' }, transfers: { type: 'string' } } });
const { checkpointKey } = env();
if (!values.out) fail(USAGE);
if (!checkpointKey) fail('KABAO_CHECKPOINT_KEY is not set (signs checkpoints; 32 random bytes, hex).');
for (const file of [values.out, values.transfers])
  if (file && existsSync(file)) fail(`${file} exists already.`);

const now = new Date();
while ((await sealTransfers(database(), now)).count > 0);
await sealStragglers(database(), now);
const lines = values.transfers ? exportTo(values.transfers) : null;
const report = await verifySeals(database(), { now, ...(lines ? { onSeal: lines.add } : {}) });
await lines?.end(report.ok);
if (!report.ok) {
  console.log(JSON.stringify(report, null, 2));
  fail('The ledger is not as it was sealed: nothing was signed.');
}
const checkpoint = signCheckpoint(report, checkpointKey, new Date());
writeFileSync(values.out, `${JSON.stringify(checkpoint, null, 2)}\n`, { flag: 'wx' });
console.log(`Signed ${checkpoint.transfers} transfers up to seal ${checkpoint.seal}: ${values.out}`);
console.log(`Public key ${checkpoint.publicKey}`);
process.exit(0);

type OnSeal = NonNullable<Parameters<typeof verifySeals>[1]['onSeal']>;

function exportTo(file: string): { add: OnSeal; end: (keep: boolean) => Promise<void> } {
  const stream = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  return {
    add: async (seal, rows) => {
      const text = [...rows.map(transferLine), sealLine(seal)].map((line) => `${line}\n`).join('');
      if (!stream.write(text)) await once(stream, 'drain');
    },
    end: async (keep) => {
      stream.end();
      await finished(stream);
      if (!keep) rmSync(file);
    },
  };
}

function fail(words: string): never {
  console.error(words);
  process.exit(1);
}
