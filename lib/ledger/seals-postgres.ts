import type { RawReader } from '@/lib/database';
import { PART_SIZE, type SealDialect, type UnsealedQuery } from './seal-dialect';
import { SEALED_FIELDS, type SealedRow } from './seal-format';

/**
 * A transaction that commits late makes transfers visible that are older than what is sealed. So the sequencer looks
 * this far behind the newest sealed transfer each time, and counts now and then whether one came later still.
 */
const LOOK_BACK_MS = 15_000;

const instant = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const fields = SEALED_FIELDS.map((name) =>
  name.endsWith('At') ? instant(`t."${name}"`) : `t."${name}"::text`,
).join(', ');

const sealColumns = `s."number"::text AS "number", s."through"::text AS "through", encode(s."chain", 'hex') AS "chain",
  ${instant('s."sealedAt"')} AS "sealedAt"`;

export const postgresSeals: SealDialect = {
  head: `SELECT ${sealColumns}, s."position",
    ${instant('(SELECT max("newestAt") FROM "LedgerSeal")')} AS "newestAt"
    FROM "LedgerSeal" s ORDER BY s."number" DESC LIMIT 1`,
  sealsAfter: `SELECT ${sealColumns}, s."transferIds", encode(s."marks", 'hex') AS "marks" FROM "LedgerSeal" s
    WHERE s."number" > $1 AND (s."through" <= $2 OR s."number" = (SELECT min("number") FROM "LedgerSeal" WHERE "number" > $1))
    ORDER BY s."number" LIMIT 500`,
  rowsOf: `SELECT coalesce(json_agg(json_build_array(${fields})), '[]')::text AS "rows"
    FROM jsonb_array_elements_text($1::jsonb) j("id") JOIN "Transfer" t ON t."id" = j."id"`,
  countStragglers: (query) => `SELECT ((SELECT count(*) FROM "Transfer") - ${query.head.through}
    - (SELECT count(*) FROM "Transfer" t WHERE ${unsealed({ ...query, all: false })}))::text AS "count"`,

  async eachUnsealed(reader, query, take) {
    // A cursor is planned as if only its first rows were wanted, unless it is told otherwise.
    await reader.$queryRawUnsafe('SET LOCAL cursor_tuple_fraction = 1');
    await reader.$queryRawUnsafe(`DECLARE "unsealed" NO SCROLL CURSOR FOR
      SELECT json_build_array(${fields})::text AS "row" FROM "Transfer" t WHERE ${unsealed(query)} ORDER BY t."createdAt", t."id"`);
    for (let more = true; more; ) {
      const rows = await fetchRows(reader);
      more = rows.length > 0 && (await take({ rows, position: rows.at(-1)?.[0] ?? '' }));
    }
    await reader.$queryRawUnsafe('CLOSE "unsealed"');
  },
};

async function fetchRows(reader: RawReader): Promise<SealedRow[]> {
  const rows = await reader.$queryRawUnsafe<{ row: string }[]>(`FETCH ${PART_SIZE} FROM "unsealed"`);
  return rows.map(({ row }) => JSON.parse(row));
}

function unsealed({ head, all, now }: UnsealedQuery): string {
  const sinceMs = Math.min(head.newestAt?.getTime() ?? 0, now.getTime()) - LOOK_BACK_MS;
  const since =
    all || head.newestAt === null ? null : `'${new Date(sinceMs).toISOString().slice(0, -1)}'::timestamp(3)`;
  return `${since === null ? 'true' : `t."createdAt" >= ${since}`} AND NOT EXISTS (
    SELECT 1 FROM "LedgerSeal" s CROSS JOIN LATERAL jsonb_array_elements_text(s."transferIds"::jsonb) j("id")
    WHERE ${since === null ? 'true' : `s."newestAt" >= ${since}`} AND j."id" = t."id")`;
}
