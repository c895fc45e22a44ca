/**
 * `npm run backup -- --out DIR`: writes all of DATABASE_URL, as it is at one moment, into a new folder that only its
 * owner may read. Payments go on meanwhile. The secrets are configuration and are not in it: keep them apart.
 */
import { parseArgs } from 'node:util';
import { backUp } from '../lib/database/backup';
import { env } from '../lib/env';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
if (!values.out) {
  console.error('npm run backup -- --out DIR\n\n  --out  a folder that does not exist yet');
  process.exit(1);
}
const startedAtMs = Date.now();
const { files, tables } = await backUp(env().databaseUrl, values.out, new Date());
const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
const rows = tables.reduce((sum, table) => sum + table.rows, 0);
console.log(JSON.stringify({ folder: values.out, rows, bytes, seconds: (Date.now() - startedAtMs) / 1_000 }));
process.exit(0);
