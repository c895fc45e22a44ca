import { availableParallelism } from 'node:os';
import { transaction } from '@/lib/database';
import { type Id, newId, ok, type Result, refuse } from '@/lib/kernel';
import { checkImport, type ImportCard, type ImportCheck } from './check-import';
import { type ImportFileRefusal, parseImportFile } from './import-file';
import { CARDS_PER_UNIT, type FundedCard, insertCards } from './insert-cards';
import type { CardContext } from './issue-cards';
import { numberHmac, numberHmacs } from './lookup';
import type { Programme } from './model';
import { passwordBits, STRONG_PASSWORD_BITS } from './password';
import { storePassword } from './password-check';
import { addBatch, batchesOfNumbers, listProgrammes } from './store';

export type ImportRefusal =
  | ImportFileRefusal
  | { readonly code: 'lines_refused'; readonly problems: ImportCheck['problems'] };

export interface ImportReport {
  readonly count: number;
  readonly totalMinor: bigint;
  readonly warnings: ImportCheck['warnings'];
  /** One for each programme in the file. */
  readonly batches: readonly {
    readonly id: Id<'btc'>;
    readonly programmeId: string;
    readonly count: number;
  }[];
}

export interface ImportOptions {
  /** The programme of lines that name none and whose number begins like no programme's. */
  readonly programmeId?: string | undefined;
  /** Check everything and write nothing. */
  readonly dryRun?: boolean;
  readonly onProgress?: (phase: 'passwords' | 'cards', done: number, total: number) => void;
}

/** Cards of an older system, on paper, whose file does not say what they are. */
export const IMPORT_PROGRAMME = 'laoyou';

/**
 * Takes over cards that exist on paper, with their numbers, passwords and balances, from the text of a CSV file: all
 * of them in one transaction, or none and every line that is wrong with everything that is wrong about it. The same
 * file again is refused, because its numbers exist.
 */
export async function importCards(
  context: CardContext,
  text: string,
  options: ImportOptions = {},
): Promise<Result<ImportReport, ImportRefusal>> {
  const rows = parseImportFile(text);
  if (!rows.ok) return rows;
  const { now, zone } = context;
  const programmes = await listProgrammes(context.db);
  const programmeId = options.programmeId ?? IMPORT_PROGRAMME;
  const check = checkImport(rows.value, { programmes, programmeId, now, zone });
  const existing = await existingNumbers(context, check.numbers);
  const problems = [...check.problems, ...existing].toSorted((a, b) => a.line - b.line);
  if (problems.length > 0) return refuse({ code: 'lines_refused', problems });

  const batches = programmes.flatMap((programme) => {
    const cards = check.cards.filter((card) => card.programme.id === programme.id);
    return cards.length === 0 ? [] : [{ id: newId('btc'), programme, cards }];
  });
  if (!options.dryRun) {
    try {
      await write(context, batches, options);
    } catch (error) {
      // Somebody else may have written the same numbers since they were looked for.
      const since = await existingNumbers(context, check.numbers);
      if (since.length > 0) return refuse({ code: 'lines_refused', problems: since });
      throw error;
    }
  }
  return ok({
    count: check.cards.length,
    totalMinor: sum(check.cards),
    warnings: check.warnings,
    batches: batches.map(({ id, programme, cards }) => ({
      id,
      programmeId: programme.id,
      count: cards.length,
    })),
  });
}

interface ImportBatch {
  readonly id: Id<'btc'>;
  readonly programme: Programme;
  readonly cards: readonly ImportCard[];
}

// The slow hashes are made before the transaction is opened, so that it holds only what it must.
async function write(
  context: CardContext,
  batches: readonly ImportBatch[],
  options: ImportOptions,
): Promise<void> {
  const total = batches.reduce((count, { cards }) => count + cards.length, 0);
  const ready: (ImportBatch & { readonly funded: readonly FundedCard[] })[] = [];
  let hashed = 0;
  for (const batch of batches) {
    const funded = await fundedCards(context, batch.cards, () => {
      hashed += 1;
      options.onProgress?.('passwords', hashed, total);
    });
    ready.push({ ...batch, funded });
  }
  let written = 0;
  await transaction(
    context.db,
    async (tx) => {
      for (const { id, programme, cards, funded } of ready) {
        await addBatch(tx, {
          id,
          programmeId: programme.id,
          origin: 'import',
          count: cards.length,
          totalMinor: sum(cards),
          createdAt: context.now,
        });
        for (let start = 0; start < funded.length; start += CARDS_PER_UNIT) {
          const part = funded.slice(start, start + CARDS_PER_UNIT);
          await insertCards(tx, { programme, batchId: id, kind: 'imported', now: context.now }, part);
          written += part.length;
          options.onProgress?.('cards', written, total);
        }
      }
    },
    { timeoutMs: WRITE_TIMEOUT_MS },
  );
}

const WRITE_TIMEOUT_MS = 10 * 60_000;

/** In the order of `cards`. Short passwords cost about 30 ms of one core each, so several are hashed side by side. */
async function fundedCards(
  context: CardContext,
  cards: readonly ImportCard[],
  onDone: () => void,
): Promise<FundedCard[]> {
  const funded: FundedCard[] = [];
  const slow = cards.some(({ password }) => passwordBits(password) < STRONG_PASSWORD_BITS);
  const width = slow ? Math.min(availableParallelism(), MAX_HASHES_AT_ONCE) : CARDS_PER_UNIT;
  for (let start = 0; start < cards.length; start += width) {
    const part = await Promise.all(
      cards.slice(start, start + width).map(async (card) => {
        const one = await fundedCard(context, card);
        onDone();
        return one;
      }),
    );
    funded.push(...part);
  }
  return funded;
}

// As many as libuv has threads for them.
const MAX_HASHES_AT_ONCE = 4;

async function fundedCard({ keys }: CardContext, card: ImportCard): Promise<FundedCard> {
  const id = newId('crd');
  return {
    balanceMinor: card.balanceMinor,
    card: {
      id,
      accountId: newId('acc'),
      number: numberHmac(keys.number, card.number),
      lastFour: card.number.slice(-4),
      password: await storePassword(keys.password, id, card.password),
      sealed: null,
      // It is in somebody's hands already.
      state: 'active',
      faceMinor: card.balanceMinor,
      expiresAt: card.expiresAt,
    },
  };
}

async function existingNumbers(
  { db, keys }: CardContext,
  numbers: ImportCheck['numbers'],
): Promise<ImportCheck['problems'][number][]> {
  const problems: ImportCheck['problems'][number][] = [];
  for (let start = 0; start < numbers.length; start += CARDS_PER_UNIT) {
    const part = numbers.slice(start, start + CARDS_PER_UNIT).map(({ line, number }) => ({
      line,
      hmacs: numberHmacs(keys.number, number),
    }));
    const known = await batchesOfNumbers(
      db,
      part.flatMap(({ hmacs }) => hmacs),
    );
    for (const { line, hmacs } of part) {
      if (hmacs.some((hmac) => known.has(hmac))) problems.push({ line, problem: { code: 'number_exists' } });
    }
  }
  return problems;
}

function sum(cards: readonly ImportCard[]): bigint {
  return cards.reduce((total, { balanceMinor }) => total + balanceMinor, 0n);
}
