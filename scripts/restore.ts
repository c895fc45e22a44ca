/**
 * `npm run restore -- --from DIR`: brings a backup into the empty database of DATABASE_URL, all or nothing. What was
 * restored is committed only after every check of `ledger:audit` and `ledger:verify` found it good. What happened
 * after the backup is not in it: compare with the gateways before you open again.
 */
import { parseArgs } from 'node:util';
import { auditPayments } from '../lib/checkout';
import type { RawReader } from '../lib/database';
import { type RestoreRefusal, restore } from '../lib/database/backup';
import { env } from '../lib/env';
import { unreachable } from '../lib/kernel';
import { audit, verifySeals } from '../lib/ledger';

const { values } = parseArgs({ options: { from: { type: 'string' } } });
if (!values.from) fail('npm run restore -- --from DIR\n\n  --from  a folder that `npm run backup` made');

const result = await restore(env().databaseUrl, values.from, async (reader, { madeAt }) =>
  isGood(reader, new Date(madeAt)),
);
if (!result.ok) fail(`${refusalWords(result.refusal)}\nNothing was restored.`);
const rows = result.value.tables.reduce((sum, table) => sum + table.rows, 0);
console.log(
  `Restored ${rows} rows as they were at ${result.value.madeAt}; audit and verification found nothing.`,
);
process.exit(0);

async function isGood(reader: RawReader, at: Date): Promise<boolean> {
  const differences = [...(await audit(reader)).differences, ...(await auditPayments(reader, at))];
  const seals = await verifySeals(reader, { now: at });
  if (differences.length === 0 && seals.ok) return true;
  console.log(JSON.stringify({ differences, seals }, null, 2));
  return false;
}

function refusalWords(refusal: RestoreRefusal): string {
  switch (refusal.code) {
    case 'not_a_backup':
      return `${values.from} is not a backup of a form that this version knows.`;
    case 'files_damaged':
      return `Not as they were written: ${refusal.files.join(', ')}.`;
    case 'other_engine':
      return `This is a backup of ${refusal.engine}; DATABASE_URL is another engine.`;
    case 'other_version':
      return `This backup belongs to the version of Kabao whose last migration is ${refusal.migrations.at(-1)}: restore with that version, then upgrade.`;
    case 'not_empty':
      return `The database is not empty: ${refusal.table} has rows.`;
    case 'not_as_counted':
      return `${refusal.table} has not as many rows as the backup says.`;
    case 'check_failed':
      return 'What the backup holds is not in order.';
    default:
      return unreachable(refusal);
  }
}

function fail(words: string): never {
  console.error(words);
  process.exit(1);
}
