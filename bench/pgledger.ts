import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import type { Database } from '../lib/database';
import type { RunningPostgres } from '../lib/database/embedded-postgres';
import { newId } from '../lib/kernel';
import { type AccountRef, audit, houseAccount, openAccounts, openHouseAccounts, post } from '../lib/ledger';
import { endPool, openMigrated, withPostgres } from './postgres';
import { type Bench, during, interleave } from './row';

const CALLERS = 16;
const PAYERS = 400;
const PAYEES = 64;

/** One posted transfer of ours beside one `pgledger_create_transfer`, whose SQL `--pgledger` names. */
export const pgledger: Bench = {
  name: 'pgledger',
  engine: 'postgres',
  floor: 1,
  aim: 2,
  measure: (plan) => {
    const { pgledger: path, seconds } = plan;
    if (path === null) return Promise.resolve(null);
    return withPostgres(async (server) => {
      const db = await openMigrated(server);
      const ours = await openOurs(db);
      const theirs = await openTheirs(server, path);
      const measured = await interleave(plan, {
        ours: () => during({ callers: CALLERS, seconds }, ours),
        reference: async () => (await during({ callers: CALLERS, seconds }, theirs.transfer)).rate,
        name: 'pgledger_create_transfer, 16 connections',
      });
      const { ok, differences } = await audit(db);
      if (!ok) throw new Error(`the audit differs: ${JSON.stringify(differences[0])}`);
      await theirs.close();
      await db.$disconnect();
      return measured;
    });
  },
};

async function openOurs(db: Database): Promise<(turn: number) => Promise<void>> {
  const now = new Date();
  await openHouseAccounts(db, { currency: 'CNY', gateways: [], now });
  const payers = Array.from(
    { length: PAYERS },
    (_, index): AccountRef => ({ id: `payer-${index}`, kind: 'card' }),
  );
  const payees = Array.from(
    { length: PAYEES },
    (_, index): AccountRef => ({ id: `payee-${index}`, kind: 'merchantPayable' }),
  );
  await openAccounts(
    db,
    [...payers, ...payees].map((account) => ({ ...account, currency: 'CNY' as const, now })),
  );
  const cash = houseAccount('custodyCash', 'CNY');
  const issues = payers.map((credit) => ({
    type: 'post' as const,
    id: newId('trf'),
    movement: 'issue' as const,
    debit: cash,
    credit,
    amountMinor: 1_000_000_000n,
    reference: 'bench',
  }));
  await post(db, issues, now);
  return async (turn) => {
    const [debit, credit] = [payers[turn % PAYERS], payees[turn % PAYEES]];
    if (!debit || !credit) throw new Error('there are accounts');
    const transfer = { id: newId('trf'), movement: 'spend' as const, debit, credit };
    const posted = await post(db, [{ type: 'post', ...transfer, amountMinor: 1n, reference: 'bench' }], now);
    if (!posted.ok) throw new Error(posted.refusal.code);
  };
}

async function openTheirs(server: RunningPostgres, path: string) {
  await server.ensureDatabase('pgledger');
  const pool = new pg.Pool({ connectionString: server.urlOf('pgledger'), max: CALLERS });
  for (const sql of [...ulidFunctions(path), readFileSync(path, 'utf8')]) await pool.query(sql);
  const create = async (name: string) => {
    const { rows } = await pool.query<{ id: string }>(`SELECT id FROM pgledger_create_account($1, 'CNY')`, [
      name,
    ]);
    return rows[0]?.id ?? '';
  };
  const payers: string[] = [];
  const payees: string[] = [];
  for (let index = 0; index < PAYERS; index += 1) payers.push(await create(`payer-${index}`));
  for (let index = 0; index < PAYEES; index += 1) payees.push(await create(`payee-${index}`));
  return {
    transfer: (turn: number) =>
      pool.query({
        name: 'transfer',
        text: 'SELECT * FROM pgledger_create_transfer($1, $2, $3)',
        values: [payers[turn % PAYERS], payees[turn % PAYEES], 1],
      }),
    close: () => endPool(pool),
  };
}

/** What pgledger takes from another project lies beside it; without, the cheapest function that will do. */
function ulidFunctions(path: string): string[] {
  const folder = join(dirname(path), 'vendor', 'scoville-pgsql-ulid');
  if (existsSync(folder))
    return readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
  return [
    `CREATE FUNCTION uuid_to_ulid(id uuid) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT replace(id::text, ''-'', '''')'`,
  ];
}
