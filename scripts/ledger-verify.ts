/**
 * `npm run ledger:verify [-- --checkpoint FILE …]`: walks the chain of seals of DATABASE_URL over every transfer.
 * Prints JSON that names the first changed, removed, inserted or reordered transfer; ends with 1 when there is one,
 * or when the chain is not the one that a checkpoint signed.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { database } from '../lib/database';
import { env } from '../lib/env';
import { readCheckpoint, verifySeals } from '../lib/ledger';

const REFUSALS = {
  not_a_checkpoint: 'this is not a checkpoint.',
  signature_wrong: 'the signature does not fit.',
  another_key: 'another key than KABAO_CHECKPOINT_KEY signed it.',
};

const { values } = parseArgs({ options: { checkpoint: { type: 'string', multiple: true } } });

const checkpoints = (values.checkpoint ?? []).map((file) => {
  const read = readCheckpoint(readFileSync(file, 'utf8'), env().checkpointKey);
  if (!read.ok) {
    console.error(`${file}: ${REFUSALS[read.refusal.code]}`);
    process.exit(1);
  }
  return { seal: BigInt(read.value.seal), chain: read.value.chain };
});
const report = await verifySeals(database(), { now: new Date(), checkpoints });
console.log(JSON.stringify(report, null, 2));
process.exit(report.ok ? 0 : 1);
