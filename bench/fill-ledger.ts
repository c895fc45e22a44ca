import Connection from 'better-sqlite3';
import pg from 'pg';
import { engineOfUrl, openDatabase, sqlitePath } from '../lib/database';
import { openAccounts, openHouseAccounts } from '../lib/ledger';
import { paymentStatements } from './fill-payments';

export interface Filling {
  /** How many transfers to add: per card one issue, then a hold and its capture for each payment. */
  readonly transfers: number;
  readonly paymentsPerCard?: number;
  readonly merchants?: number;
  /** Also the payments that the transfers belong to. */
  readonly withPayments?: boolean;
}

/**
 * Adds transfers, with the accounts and statements that belong to them, past the triggers: minutes become seconds, and
 * the audit finds nothing. For an empty or a used database; everything it adds has an id that begins with `fill`.
 */
export async function fillLedger(url: string, filling: Filling): Promise<void> {
  const { transfers, paymentsPerCard = 100, merchants = 64, withPayments = false } = filling;
  const now = new Date();
  const db = openDatabase(url);
  await openHouseAccounts(db, { currency: 'CNY', gateways: ['alipay'], now });
  await openAccounts(
    db,
    Array.from({ length: merchants }, (_, index) => ({
      id: `fill-merchant-${index}`,
      kind: 'merchantPayable' as const,
      currency: 'CNY' as const,
      now,
    })),
  );
  await db.$disconnect();
  const cards = Math.max(1, Math.round(transfers / (1 + 2 * paymentsPerCard)));
  const plan = { cards, merchants, payments: paymentsPerCard };
  const sqlite = engineOfUrl(url) === 'sqlite';
  const words = { ...sharedWords, at: sqlite ? sqliteInstant : postgresInstant };
  const sql = [...statements(words, plan), ...(withPayments ? paymentStatements(words, plan) : [])];
  if (sqlite) fillSqlite(sqlitePath(url), sql);
  else await fillPostgres(url, sql);
}

/** The expressions that the two engines write differently; the rest of the SQL both understand. */
export interface Words {
  /** An instant so many milliseconds after the first. */
  at(ms: string): string;
  /** An id of fixed length, so that ids sort as their numbers do. */
  id(kind: string, index: string): string;
  /** `n(g)`: the numbers from 0. */
  series(count: number): string;
}

const FIRST_MS = Date.UTC(2026, 0, 1);
const sqliteInstant = (ms: string) =>
  `strftime('%Y-%m-%dT%H:%M:%fZ', (${FIRST_MS} + ${ms}) / 1000.0, 'unixepoch')`;
const postgresInstant = (ms: string) => `(timestamp '2026-01-01' + (${ms}) * interval '1 millisecond')`;
const sharedWords = {
  id: (kind: string, index: string) => `'fill-${kind}-' || CAST(10000000000000000 + ${index} AS TEXT)`,
  series: (count: number) =>
    `WITH RECURSIVE n(g) AS (SELECT 0 UNION ALL SELECT g + 1 FROM n WHERE g + 1 < ${count})`,
};

const PAYMENT_MINOR = 300;
const LEAST_FACE_MINOR = 1_000_000;

/** Payments run through the cards in turn, so that the transfers of one card lie far apart, as in life. */
function statements(
  { at, id, series }: Words,
  { cards, merchants, payments }: { cards: number; merchants: number; payments: number },
): string[] {
  const all = cards * payments;
  const faceMinor = Math.max(LEAST_FACE_MINOR, payments * PAYMENT_MINOR);
  const card = (index: string) => `'fill-card-' || CAST(${index} AS TEXT)`;
  const merchant = (index: string) => `'fill-merchant-' || CAST((${index}) % ${merchants} AS TEXT)`;
  const transfer = `INSERT INTO "Transfer" ("id", "debitAccountId", "creditAccountId", "amount", "code", "kind", "pendingId", "timeoutAt", "reference", "createdAt")`;
  const entry = `INSERT INTO "Entry" ("accountId", "number", "transferId", "amount", "balanceAfter", "createdAt")`;
  const later = at(`${cards} + g * 2`);
  return [
    `INSERT INTO "Account" ("id", "code", "currency", "limited", "creditsPosted", "debitsPosted", "entryCount", "createdAt")
     ${series(cards)} SELECT ${card('g')}, 2010, 'CNY', true, ${faceMinor}, ${payments * PAYMENT_MINOR}, ${payments + 1}, ${at('g')} FROM n`,
    `${transfer} ${series(cards)} SELECT ${id('issue', 'g')}, 'house:custodyCash:CNY', ${card('g')}, ${faceMinor}, 101, 'posted',
     NULL, NULL, 'fill-batch', ${at('g')} FROM n`,
    `${entry} ${series(cards)} SELECT ${card('g')}, 1, ${id('issue', 'g')}, ${faceMinor}, ${faceMinor}, ${at('g')} FROM n`,
    `${transfer} ${series(all * 2)} SELECT CASE g % 2 WHEN 0 THEN ${id('hold', 'g / 2')} ELSE ${id('capture', 'g / 2')} END,
     ${card(`g / 2 % ${cards}`)}, ${merchant('g / 2')}, ${PAYMENT_MINOR}, 201,
     CASE g % 2 WHEN 0 THEN 'pending' ELSE 'post_pending' END, CASE g % 2 WHEN 1 THEN ${id('hold', 'g / 2')} END,
     CASE g % 2 WHEN 0 THEN ${later} END, ${id('payment', 'g / 2')}, ${at(`${cards} + g`)} FROM n`,
    `${entry} ${series(all)} SELECT ${card(`g % ${cards}`)}, 2 + g / ${cards}, ${id('capture', 'g')}, -${PAYMENT_MINOR},
     ${faceMinor} - (1 + g / ${cards}) * ${PAYMENT_MINOR}, ${at(`${cards} + g * 2 + 1`)} FROM n`,
    `UPDATE "Account" SET "debitsPosted" = "debitsPosted" + ${cards * faceMinor} WHERE "id" = 'house:custodyCash:CNY'`,
    ...Array.from(
      { length: merchants },
      (_, index) =>
        `UPDATE "Account" SET "creditsPosted" = "creditsPosted" + ${Math.ceil((all - index) / merchants) * PAYMENT_MINOR}
         WHERE "id" = 'fill-merchant-${index}'`,
    ),
  ];
}

async function fillPostgres(url: string, sql: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SET session_replication_role = replica; SET work_mem = '64MB'`);
    await client.query('BEGIN');
    for (const statement of sql) await client.query(statement);
    await client.query('COMMIT');
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
}

function fillSqlite(path: string, sql: readonly string[]): void {
  const connection = new Connection(path);
  try {
    connection.pragma('synchronous = OFF');
    connection.pragma('foreign_keys = OFF');
    connection.pragma('cache_size = -262144');
    const triggers = connection
      .prepare<[], { name: string; sql: string }>(
        `SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`,
      )
      .all();
    connection.exec(
      [
        'BEGIN',
        ...triggers.map(({ name }) => `DROP TRIGGER "${name}"`),
        ...sql,
        ...triggers.map((trigger) => trigger.sql),
        'COMMIT',
        'ANALYZE',
      ].join(';\n'),
    );
  } finally {
    connection.close();
  }
}
