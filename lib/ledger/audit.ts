import { type Database, type RawReader, readInBulk } from '@/lib/database';
import { passOverTransfers, transferChecks, wholeChecks } from './audit-checks';

/** One thing that does not hold; `subject` is the account, transfer or currency it was found at. */
export interface Difference {
  readonly check: string;
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
}

export interface AuditReport {
  readonly ok: boolean;
  readonly accounts: number;
  readonly transfers: number;
  /** The first of each check, at most `limit` of each. */
  readonly differences: readonly Difference[];
}

/**
 * Derives every balance anew from the transfers and checks every rule of the ledger, whatever path wrote it:
 * it must find damage that was done around the triggers. All in the database, so memory does not grow with it.
 * Holds that nobody ended are the business of the domain that owns them.
 */
export function audit(client: Database | RawReader, limit = 20): Promise<AuditReport> {
  return readInBulk(client, async (reader) => {
    const rows = await reader.$queryRawUnsafe<Difference[]>(passOverTransfers(limit));
    const differences = rows.filter(({ subject }) => subject !== null);
    const suspected = new Set(rows.filter(({ subject }) => subject === null).map(({ check }) => check));
    const named = Object.entries(transferChecks).filter(([check]) => suspected.has(check));
    for (const [check, sql] of [...Object.entries(wholeChecks), ...named]) {
      const found = await reader.$queryRawUnsafe<Omit<Difference, 'check'>[]>(firstOf(sql, limit));
      for (const each of found) differences.push({ check, ...each });
    }
    const [counted] = await reader.$queryRawUnsafe<{ accounts: string; transfers: string }[]>(COUNTS);
    return {
      ok: differences.length === 0,
      accounts: Number(counted?.accounts),
      transfers: Number(counted?.transfers),
      differences,
    };
  });
}

const COUNTS = `SELECT CAST((SELECT count(*) FROM "Account") AS TEXT) AS "accounts",
  CAST((SELECT count(*) FROM "Transfer") AS TEXT) AS "transfers"`;

/**
 * What is found is sorted after it was found: a planner that sees the limit would walk an index row by row. By length
 * first, so that entry 2 comes before entry 10.
 */
function firstOf(sql: string, limit: number): string {
  return `WITH "found" AS MATERIALIZED (${sql}) SELECT * FROM "found" ORDER BY length("subject"), "subject" LIMIT ${limit}`;
}
