// npm run mutation [-- --only lib/policy | lib/checkout/quote.ts …]: changes the code in every small way that Stryker
// knows and says which changes no test notices. What has not changed since the last run is not run again;
// results and reports are in test-results/mutation.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { quietEnv } from './processes.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, force: { type: 'boolean' } },
});
const folders = ['lib/policy', 'lib/ledger', 'lib/checkout'];

let failed = false;
for (const folder of folders) {
  const wanted = values.only?.filter((path) => path === folder || path.startsWith(`${folder}/`)) ?? [folder];
  if (wanted.length === 0) continue;
  const files = wanted.filter((path) => path !== folder);
  for (const path of files) if (!existsSync(path)) throw new Error(`${path} does not exist`);
  const args = [
    'run',
    'mutation/stryker.config.mjs',
    ...(files.length > 0 ? ['--mutate', files.join(',')] : []),
  ];
  const result = spawnSync(
    process.execPath,
    ['node_modules/@stryker-mutator/core/bin/stryker.js', ...args, ...(values.force ? ['--force'] : [])],
    { stdio: 'inherit', env: { ...process.env, ...quietEnv, KABAO_MUTATION_FOLDER: folder } },
  );
  failed ||= result.status !== 0;
}
process.exit(failed ? 1 : 0);
