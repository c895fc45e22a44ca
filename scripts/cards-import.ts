/**
 * Takes over cards that exist on paper: `npm run cards:import -- FILE.csv [--programme P]`.
 * Every line is checked first and every bad one is told; the cards are then written in one transaction, all or none.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  type CardContext,
  cardKeys,
  type ImportRefusal,
  importCards,
  type LineProblem,
  type LineWarning,
} from '../lib/cards';
import { database } from '../lib/database';
import { env } from '../lib/env';
import { formatMoney, unreachable } from '../lib/kernel';

const USAGE = `npm run cards:import -- FILE.csv [--programme P] [--dry-run]

  FILE.csv     columns number, password, balanceMinor (in fen), expiresAt (last good day, 2029-11-30;
               empty: no expiry), and if you like programme
  --programme  for lines that name none; without it: the programme whose numbers begin so, else laoyou
  --dry-run    check everything, write nothing`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    programme: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [file] = positionals;
if (values.help || file === undefined || positionals.length > 1) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 1);
}

const context: CardContext = { db: database(), now: new Date(), keys: cardKeys(), zone: env().issuerZone };
const result = await importCards(context, readFileSync(file, 'utf8'), {
  programmeId: values.programme,
  dryRun: values['dry-run'],
  onProgress: progressShower(),
});
if (!result.ok) {
  for (const words of refusalWords(result.refusal)) console.error(words);
  console.error(`Nothing was imported from ${file}.`);
  process.exit(1);
}
const { count, totalMinor, warnings, batches } = result.value;
for (const words of notes(warnings)) console.error(words);
console.log(
  `${values['dry-run'] ? 'Could import' : 'Imported'} ${count} cards with ${formatMoney(totalMinor)} together.`,
);
if (!values['dry-run']) {
  for (const batch of batches) console.log(`${batch.count} ${batch.programmeId} cards as batch ${batch.id}.`);
}
process.exit(0);

function progressShower(): (phase: 'passwords' | 'cards', done: number, total: number) => void {
  const startedAtMs = Date.now();
  let shownAtMs = startedAtMs;
  return (phase, done, total) => {
    const nowMs = Date.now();
    if (done < total && nowMs - shownAtMs < 1_000) return;
    shownAtMs = nowMs;
    const words = phase === 'passwords' ? 'passwords prepared' : 'cards written';
    process.stderr.write(`${done} of ${total} ${words}, ${((nowMs - startedAtMs) / 1000).toFixed(1)} s\n`);
  };
}

function refusalWords(refusal: ImportRefusal): string[] {
  switch (refusal.code) {
    case 'columns_missing':
      return [`Columns are missing in the first line: ${refusal.columns.join(', ')}.`];
    case 'columns_unknown':
      return [`Columns are not known: ${refusal.columns.join(', ')}.`];
    case 'no_lines':
      return ['The file has no lines after its header.'];
    case 'too_many_lines':
      return [`A file may have up to ${refusal.max} lines; split it.`];
    case 'lines_refused':
      return [
        ...refusal.problems.map(({ line, problem }) => `line ${line}: ${problemWords(problem)}`),
        `${new Set(refusal.problems.map(({ line }) => line)).size} bad lines.`,
      ];
    default:
      return unreachable(refusal);
  }
}

function problemWords(problem: LineProblem): string {
  switch (problem.code) {
    case 'number_format':
      return 'number: not 8 to 19 digits';
    case 'number_rounded':
      return 'number: a spreadsheet has rounded it; export the column as text';
    case 'check_digit_wrong':
      return 'number: begins like one of ours, but its check digit is wrong';
    case 'number_twice':
      return `number: the same as in line ${problem.firstLine}`;
    case 'number_exists':
      return 'number: a card with it exists already';
    case 'password_format':
      return 'password: not 6 to 64 letters, digits or signs';
    case 'password_is_number':
      return 'password: is the card number';
    case 'balance_format':
      return 'balanceMinor: not a whole number of fen, 0 or more';
    case 'balance_above_limit':
      return `balanceMinor: above the limit of ${formatMoney(problem.limitMinor)} (${problem.sources.join(', ')})`;
    case 'expiry_format':
      return 'expiresAt: not a day such as 2029-11-30';
    case 'expired':
      return 'expiresAt: is over; a card that has ended is extended or exchanged, not imported';
    case 'expiry_missing':
      return 'expiresAt: is empty, but cards of this programme must end';
    case 'expiry_not_allowed':
      return 'expiresAt: named cards may not end';
    case 'programme_unknown':
      return `programme: there is none called "${problem.programmeId}"`;
    default:
      return unreachable(problem);
  }
}

/** One line for each kind of note: thousands of lines may share it. */
function notes(warnings: readonly { line: number; warning: LineWarning }[]): string[] {
  const linesByCode = new Map<LineWarning['code'], number[]>();
  for (const { line, warning } of warnings) {
    const lines = linesByCode.get(warning.code) ?? [];
    lines.push(line);
    linesByCode.set(warning.code, lines);
  }
  return Array.from(linesByCode, ([code, lines]) => {
    const first = lines.slice(0, 5).join(', ');
    return `note: ${noteWords(code)} (${lines.length} lines: ${first}${lines.length > 5 ? ', …' : ''})`;
  });
}

function noteWords(code: LineWarning['code']): string {
  switch (code) {
    case 'no_check_digit':
      return 'the number has no check digit, so a slip in typing it is not noticed early';
    case 'password_guessable':
      return 'the password is easy to guess';
    default:
      return unreachable(code);
  }
}
