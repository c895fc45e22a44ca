/**
 * Issues cards: `npm run cards:issue -- --programme P --count N --face MINOR --out FILE`.
 *
 * Order of things: the secrets are drawn and put on the disk, whole, before any card exists; then the cards get their
 * value in units that each commit. A crash before the file is complete leaves nothing; a crash after it leaves a file
 * that `--resume FILE` issues to the end, each card once.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  batchIdOf,
  type CardContext,
  cardKeys,
  drawCards,
  formatIssueList,
  type IssueList,
  type IssueRefusal,
  issueCards,
  parseIssueList,
  writeSecretFile,
} from '../lib/cards';
import { database } from '../lib/database';
import { env } from '../lib/env';
import { formatMoney, unreachable } from '../lib/kernel';

const USAGE = `npm run cards:issue -- --programme P --count N --face MINOR --out FILE [--keep-sealed]
npm run cards:issue -- --resume FILE [--keep-sealed]

  --programme   programme of the cards, e.g. fuyun
  --count       how many
  --face        value of each, in fen: 10000 is ¥100.00
  --out         new file for numbers and passwords, readable by its owner alone; never overwritten
  --resume      issue what an interrupted run left undone; FILE is what it wrote
  --keep-sealed also keep numbers and passwords encrypted in the database, to be shown or sent again`;

const { values } = parseArgs({
  options: {
    programme: { type: 'string' },
    count: { type: 'string' },
    face: { type: 'string' },
    out: { type: 'string' },
    resume: { type: 'string' },
    'keep-sealed': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const context: CardContext = { db: database(), now: new Date(), keys: cardKeys(), zone: env().issuerZone };
await issue(values.resume ?? (await writeNewList()));
process.exit(0);

async function writeNewList(): Promise<string> {
  const { programme, count = '', face = '', out } = values;
  if (!programme || !out || !/^\d{1,9}$/.test(count) || !/^\d{1,15}$/.test(face)) fail(USAGE);
  if (existsSync(out)) failForExisting(out);
  const order = { programmeId: programme, count: Number(count), faceMinor: BigInt(face) };
  const list = await drawCards(context, order);
  if (!list.ok) return fail(refusalWords(list.refusal));
  const written = writeSecretFile(out, formatIssueList(list.value));
  return written.ok ? out : failForExisting(out);
}

async function issue(file: string): Promise<void> {
  const text = readFileSync(file, 'utf8');
  const list = parseIssueList(text);
  if (!list.ok) return fail(`${file}, line ${list.refusal.line}: not a file that cards:issue wrote.`);
  const id = batchIdOf(text);
  const result = await issueCards(context, list.value, {
    id,
    keepSealed: values['keep-sealed'],
    onProgress: showProgress(list.value.cards.length),
  });
  if (!result.ok) return fail(refusalWords(result.refusal));
  const { issued, alreadyIssued, taken, unactivated } = result.value;
  console.log(
    `Issued ${issued} ${list.value.programmeId} cards of ${formatMoney(list.value.faceMinor)}, ${formatMoney(list.value.faceMinor * BigInt(issued))} together, as batch ${id}.`,
  );
  if (alreadyIssued > 0) console.log(`${alreadyIssued} of the file were issued before.`);
  console.log(`Numbers and passwords: ${file} (shown nowhere else; keep it safe).`);
  if (unactivated > 0) console.log(`They cannot be bound yet: npm run cards:activate -- ${id}`);
  if (taken.length > 0) failForTaken(file, list.value, taken);
}

function showProgress(total: number): (done: number) => void {
  const startedAtMs = Date.now();
  return (done) => {
    const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
    process.stderr.write(
      process.stderr.isTTY
        ? `\r${done} of ${total} cards, ${seconds} s`
        : `${done} of ${total} cards, ${seconds} s\n`,
    );
    if (done === total && process.stderr.isTTY) process.stderr.write('\n');
  };
}

function refusalWords(refusal: IssueRefusal): string {
  switch (refusal.code) {
    case 'unknown_programme':
      return `There is no programme "${refusal.programmeId}" (npm run setup adds the first ones).`;
    case 'count_out_of_range':
      return `--count must be from 1 to ${refusal.max}.`;
    case 'face_not_positive':
      return '--face must be above 0.';
    case 'face_not_offered':
      return `This programme does not offer ${formatMoney(refusal.amountMinor)}; it offers ${facesOffered(refusal.offered)}.`;
    case 'face_above_limit':
      return `${formatMoney(refusal.amountMinor)} is above the limit of ${formatMoney(refusal.limitMinor)} for ${refusal.kind} cards (${refusal.rule.source.instruments.join(', ')}).`;
    case 'validity_not_allowed':
      return `The programme's validity (${refusal.validityMonths ?? 'no'} months) is not allowed for ${refusal.kind} cards (${refusal.rule.source.instruments.join(', ')}).`;
    default:
      return unreachable(refusal);
  }
}

function facesOffered(offered: Extract<IssueRefusal, { code: 'face_not_offered' }>['offered']): string {
  return 'fixed' in offered
    ? offered.fixed.map((face) => formatMoney(face)).join(', ')
    : `${formatMoney(offered.minMinor)} to ${formatMoney(offered.maxMinor)}`;
}

function failForExisting(out: string): never {
  return fail(
    `${out} exists and is not overwritten. If it is from a run that was interrupted: npm run cards:issue -- --resume ${out}`,
  );
}

function failForTaken(file: string, list: IssueList, taken: readonly number[]): never {
  const lines = taken.map((place) => place + 2).join(', ');
  return fail(
    `${taken.length} of ${list.cards.length} cards were not issued: another batch took their numbers meanwhile. Void lines ${lines} of ${file}.`,
  );
}

function fail(words: string): never {
  console.error(words);
  process.exit(1);
}
