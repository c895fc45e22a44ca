import type { RawReader } from '@/lib/database';
import { PART_SIZE, type SealDialect, type UnsealedPart } from './seal-dialect';
import { SEALED_FIELDS, type SealedRow } from './seal-format';

/** How many passed-over transfers one search of everything returns. */
const STRAGGLERS = 10_000;

const fields = SEALED_FIELDS.map((name) => `CAST(t."${name}" AS TEXT)`).join(', ');
const line = `json_array(${fields}) AS "row"`;

const sealColumns = `CAST(s."number" AS TEXT) AS "number", CAST(s."through" AS TEXT) AS "through", hex(s."chain") AS "chain",
  CAST(s."sealedAt" AS TEXT) AS "sealedAt"`;

/**
 * There is one writer and nothing is deleted, so a new transfer has the highest rowid: those above the last one that
 * was sealed are the unsealed ones, and they are in the order of their commits.
 */
export const sqliteSeals: SealDialect = {
  head: `SELECT ${sealColumns}, s."position", CAST((SELECT max("newestAt") FROM "LedgerSeal") AS TEXT) AS "newestAt"
    FROM "LedgerSeal" s ORDER BY s."number" DESC LIMIT 1`,
  sealsAfter: `WITH "after"("number", "through") AS (SELECT ?, ?)
    SELECT ${sealColumns}, s."transferIds", hex(s."marks") AS "marks" FROM "after" a JOIN "LedgerSeal" s ON s."number" > a."number"
    WHERE s."through" <= a."through" OR s."number" = (SELECT min(n."number") FROM "LedgerSeal" n WHERE n."number" > a."number")
    ORDER BY s."number" LIMIT 500`,
  rowsOf: `SELECT json_group_array(json_array(${fields})) AS "rows"
    FROM json_each(?) j JOIN "Transfer" t ON t."id" = j."value"`,
  countStragglers: ({
    head,
  }) => `SELECT CAST((SELECT count(*) FROM "Transfer") - ${head.through} - (SELECT count(*) FROM "Transfer"
    WHERE rowid > coalesce((SELECT rowid FROM "Transfer" WHERE "id" = '${head.position.replaceAll("'", "''")}'), ${LOWEST})) AS TEXT) AS "count"`,

  async eachUnsealed(reader, { head, all }, take) {
    const last = await rowidOf(reader, head.position);
    const lost = head.number > 0n && last === null;
    // Before the first seal nothing was passed over: all of it is above.
    const behind = lost || (all && last !== null) ? await leftBehind(reader, last ?? HIGHEST) : [];
    for (let start = 0; start < behind.length; start += PART_SIZE) {
      const part = partOf(behind.slice(start, start + PART_SIZE));
      if (!(await take(lost ? part : { ...part, position: head.position }))) return;
    }
    if (!lost) await eachAbove(reader, last ?? LOWEST, take);
  },
};

const LOWEST = -(2n ** 63n);
const HIGHEST = 2n ** 63n - 1n;

/** null when there is no such transfer: nothing is sealed yet, or somebody removed it. */
async function rowidOf(reader: RawReader, id: string): Promise<bigint | null> {
  const [row] = await reader.$queryRawUnsafe<{ place: string }[]>(
    'SELECT CAST(rowid AS TEXT) AS "place" FROM "Transfer" WHERE "id" = ?',
    id,
  );
  return row ? BigInt(row.place) : null;
}

async function eachAbove(
  reader: RawReader,
  rowid: bigint,
  take: (part: UnsealedPart) => Promise<boolean>,
): Promise<void> {
  for (let last = rowid; ; ) {
    const rows = await reader.$queryRawUnsafe<(Line & { place: string })[]>(
      `SELECT ${line}, CAST(t.rowid AS TEXT) AS "place" FROM "Transfer" t
       WHERE t.rowid > ? ORDER BY t.rowid LIMIT ${PART_SIZE}`,
      last,
    );
    if (rows.length === 0 || !(await take(partOf(rows)))) return;
    last = BigInt(rows.at(-1)?.place ?? 0);
  }
}

function leftBehind(reader: RawReader, rowid: bigint): Promise<Line[]> {
  return reader.$queryRawUnsafe<Line[]>(
    `SELECT ${line} FROM "Transfer" t WHERE t.rowid <= ? AND t."id" NOT IN (
       SELECT j."value" FROM "LedgerSeal" s, json_each(s."transferIds") j WHERE j."value" IS NOT NULL)
     ORDER BY t.rowid LIMIT ${STRAGGLERS}`,
    rowid,
  );
}

interface Line {
  readonly row: string;
}

function partOf(lines: readonly Line[]): UnsealedPart {
  const rows = lines.map(({ row }): SealedRow => JSON.parse(row));
  return { rows, position: rows.at(-1)?.[0] ?? '' };
}
