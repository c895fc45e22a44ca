// npm run mutation [-- --only lib/policy | checkout-pure | lib/checkout/quote.ts …] [--workers 2] [--force]
// Changes the code in every small way that Stryker knows and says which changes no test notices, piece by piece
// (mutation/pieces.mjs). What has not changed since the last run is not run again; reports are in test-results/mutation.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pieces } from '../mutation/pieces.mjs';
import { quietEnv } from './processes.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    workers: { type: 'string', default: '2' },
    force: { type: 'boolean' },
  },
});
const stryker = 'node_modules/@stryker-mutator/core/bin/stryker.js';
const floor = 90;

let failed = false;
for (const piece of pieces) {
  const files = wantedFiles(piece);
  if (!files) continue;
  const mutate = files.length > 0 ? ['--mutate', files.join(',')] : [];
  const settings = { KABAO_MUTATION_PIECE: piece.name, KABAO_MUTATION_WORKERS: values.workers };
  const result = spawnSync(
    process.execPath,
    [stryker, 'run', 'mutation/stryker.config.mjs', ...mutate, ...(values.force ? ['--force'] : [])],
    { stdio: 'inherit', env: { ...process.env, ...quietEnv, ...settings } },
  );
  failed ||= result.status !== 0;
}
const scores = Object.fromEntries(
  ['lib/policy', 'lib/ledger', 'lib/checkout'].map((folder) => [folder, scoreOf(folder)]),
);
console.log(JSON.stringify(scores, null, 2));
process.exit(failed || Object.values(scores).some(({ score }) => score !== null && score < floor) ? 1 : 0);

/** `null`: nothing of the piece was asked for; an empty list: all of it. */
function wantedFiles({ name, folder, files }) {
  if (!values.only || values.only.some((only) => only === folder || only === name)) return [];
  const wanted = values.only.filter((only) => {
    return only.startsWith(`${folder}/`) && (!files || files.some((file) => only === `${folder}/${file}.ts`));
  });
  return wanted.length > 0 ? wanted : null;
}

/** Over all pieces of the folder that have a report. */
function scoreOf(folder) {
  const counts = { detected: 0, undetected: 0, ignored: 0 };
  for (const { name } of pieces.filter((piece) => piece.folder === folder)) {
    const file = `test-results/mutation/${name}.json`;
    if (!existsSync(file)) continue;
    const mutants = Object.values(JSON.parse(readFileSync(file, 'utf8')).files).flatMap(
      (each) => each.mutants,
    );
    for (const { status } of mutants) {
      if (status === 'Killed' || status === 'Timeout') counts.detected += 1;
      else if (status === 'Survived' || status === 'NoCoverage') counts.undetected += 1;
      else counts.ignored += 1;
    }
  }
  const total = counts.detected + counts.undetected;
  return { ...counts, score: total === 0 ? null : Math.round((1_000 * counts.detected) / total) / 10 };
}
