import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Connection from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditPayments, payOrder } from '@/lib/checkout';
import { type CheckoutWorld, openCheckoutWorld } from '@/lib/checkout/testing';
import type { RawReader } from '@/lib/database';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { audit, sealTransfers, verifySeals } from '@/lib/ledger';
import { backUp, type Manifest, restore } from './index';
import { digestOf } from './manifest';

let world: CheckoutWorld;
let folder: string;

beforeEach(async () => {
  world = await openCheckoutWorld();
  folder = mkdtempSync(join(tmpdir(), 'kabao-backup-'));
});

afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

/** One payment of 3.00 by a card of its own; returns its id when it is acknowledged. */
async function pay(): Promise<string> {
  await world.addCard({ amountMinor: 300n });
  const order = await world.addOrder([{ amountMinor: 300n }]);
  const paid = await payOrder(world.context(), {
    orderId: order.id,
    userId: world.userId,
    method: null,
    expected: { cardMinor: 300n, externalMinor: 0n },
    idempotencyKey: order.id,
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '订单',
  });
  if (!paid.ok || paid.value.status !== 'paid') throw new Error('a payment was refused');
  return paid.value.payment.id;
}

const isGood = async (reader: RawReader, { madeAt }: Manifest): Promise<boolean> =>
  (await audit(reader)).ok &&
  (await auditPayments(reader, new Date(madeAt))).length === 0 &&
  (await verifySeals(reader, { now: new Date(madeAt) })).ok;

/** Runs the command as a process of its own. */
async function command(
  name: string,
  args: string[],
  url: string,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['node_modules/tsx/dist/cli.mjs', `scripts/${name}.ts`, ...args], {
    env: { ...process.env, DATABASE_URL: url },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += text;
    });
  }
  return new Promise((resolve) => void child.once('close', (code) => resolve({ code, said })));
}

const backup = (name = 'backup') => backUp(world.test.url, join(folder, name), new Date());

async function restored(work: (target: TestDatabase) => Promise<void>): Promise<void> {
  const target = await openTestDatabase();
  try {
    await work(target);
  } finally {
    await target.close();
  }
}

async function rowsOf(test: TestDatabase): Promise<number> {
  const counts = await Promise.all([
    test.db.transfer.count(),
    test.db.payment.count(),
    test.db.account.count(),
    test.db.ledgerSeal.count(),
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}

describe('a backup', () => {
  it('made while payments run has every payment acknowledged before it, and restores to a clean ledger', async () => {
    const acknowledged: string[] = [];
    let running = true;
    const payments = (async () => {
      while (running) {
        acknowledged.push(await pay());
        if (acknowledged.length % 3 === 0) await sealTransfers(world.test.db, new Date());
      }
    })();
    while (acknowledged.length < 5) await new Promise(setImmediate);
    const before = [...acknowledged];
    const made = await command('backup', ['--out', join(folder, 'backup')], world.test.url);
    running = false;
    await payments;
    expect(made).toMatchObject({ code: 0 });
    expect(acknowledged.length).toBeGreaterThan(before.length);

    await restored(async (target) => {
      const brought = await command('restore', ['--from', join(folder, 'backup')], target.url);
      expect(brought).toMatchObject({ code: 0 });
      const paid = await target.db.payment.findMany({ where: { state: 'PAID' }, select: { id: true } });
      const ids = new Set(paid.map(({ id }) => id));
      expect(before.filter((id) => !ids.has(id))).toEqual([]);
      expect(await audit(target.db)).toMatchObject({ ok: true });
      expect(await target.db.ledgerSeal.count()).toBeGreaterThan(0);
      // The ledger goes on where it was, under the same rules.
      await expect(target.raw(`UPDATE "Transfer" SET "amount" = 1`)).rejects.toThrow(/refused/);
      await expect(target.raw(`UPDATE "Account" SET "currency" = 'USD'`)).rejects.toThrow();
      await expect(target.db.entry.create({ data: orphan })).rejects.toThrow();
      await sealTransfers(target.db, new Date());
      expect(await verifySeals(target.db, { now: new Date() })).toMatchObject({ ok: true, unsealed: 0 });
      const again = await command('restore', ['--from', join(folder, 'backup')], target.url);
      expect(again).toMatchObject({ code: 1, said: expect.stringMatching(/not empty/) });
    });
  });

  const orphan = {
    accountId: 'nobody',
    number: 1n,
    transferId: 'nothing',
    amount: 1n,
    balanceAfter: 1n,
    createdAt: new Date(),
  };

  it('is the same again when its restored copy is backed up', async () => {
    await pay();
    await world.test.db.order.updateMany({ data: { number: 'quoted \\ "\t\n卡包' } });
    await sealTransfers(world.test.db, new Date());
    const first = await backup();
    await restored(async (target) => {
      expect(await restore(target.url, join(folder, 'backup'), isGood)).toMatchObject({ ok: true });
      const second = await backUp(target.url, join(folder, 'second'), new Date());
      expect(second.tables).toEqual(first.tables);
      expect(second.migrations).toEqual(first.migrations);
      if (target.engine === 'postgres') expect(second.files).toEqual(first.files);
      const orders = await target.db.order.findMany();
      expect(orders).toEqual(await world.test.db.order.findMany());
    });
  });

  it('is readable by its owner alone, and complete or not there', async () => {
    await backup();
    const made = join(folder, 'backup');
    expect(statSync(made).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(made)) expect(statSync(join(made, name)).mode & 0o777, name).toBe(0o600);
    await expect(backup()).rejects.toThrow(/exists/);
    await expect(backUp(world.test.url, join(folder, 'no', 'such'), new Date())).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['backup']);
  });
});

describe('a restore', () => {
  beforeEach(async () => {
    await pay();
    await sealTransfers(world.test.db, new Date());
    await backup();
  });

  /** The refusal's code; a refused restore has left nothing. */
  async function refusalOf(from: string, check = isGood): Promise<string> {
    let code = '';
    await restored(async (target) => {
      const result = await restore(target.url, join(folder, from), check);
      code = result.ok ? 'restored' : result.refusal.code;
      expect(await rowsOf(target)).toBe(result.ok ? await rowsOf(world.test) : 0);
    });
    return code;
  }

  /** A copy of the backup with another manifest. */
  function forged(change: (manifest: Manifest) => unknown): string {
    cpSync(join(folder, 'backup'), join(folder, 'forged'), { recursive: true });
    const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'forged', 'manifest.json'), 'utf8'));
    writeFileSync(join(folder, 'forged', 'manifest.json'), JSON.stringify(change(manifest)));
    return 'forged';
  }

  it('refuses a database that has rows, and leaves them', async () => {
    const before = await rowsOf(world.test);
    const result = await restore(world.test.url, join(folder, 'backup'), isGood);
    expect(result).toMatchObject({ ok: false, refusal: { code: 'not_empty' } });
    expect(await rowsOf(world.test)).toBe(before);
  });

  it('refuses a file that was changed, cut or is missing', async () => {
    const file =
      readdirSync(join(folder, 'backup')).find((name) => /^(Transfer\.copy|kabao\.db)$/.test(name)) ?? '';
    const path = join(folder, 'backup', file);
    const content = readFileSync(path);
    const flipped = Buffer.from(content);
    flipped[flipped.length >> 1] = (flipped[flipped.length >> 1] ?? 0) ^ 1;
    writeFileSync(path, flipped);
    expect(await refusalOf('backup')).toBe('files_damaged');
    writeFileSync(path, content.subarray(0, -1));
    expect(await refusalOf('backup')).toBe('files_damaged');
    rmSync(path);
    expect(await refusalOf('backup')).toBe('files_damaged');
    writeFileSync(path, content);
    expect(await refusalOf('backup')).toBe('restored');
  });

  it('refuses what is no backup, of the other engine, of another version, or tells of fewer files or rows', async () => {
    expect(await refusalOf('nothing')).toBe('not_a_backup');
    const forgeries: [(manifest: Manifest) => unknown, string][] = [
      [(manifest) => ({ ...manifest, format: 'another' }), 'not_a_backup'],
      [
        ({ engine, ...rest }) => ({ ...rest, engine: engine === 'sqlite' ? 'postgres' : 'sqlite' }),
        'other_engine',
      ],
      [(manifest) => ({ ...manifest, migrations: manifest.migrations.slice(1) }), 'other_version'],
      [(manifest) => ({ ...manifest, files: [] }), 'files_damaged'],
      [(manifest) => ({ ...manifest, tables: manifest.tables.slice(1) }), 'not_as_counted'],
      [
        ({ tables, ...rest }) => ({
          ...rest,
          tables: tables.map((table) =>
            table.name === 'Entry' ? { ...table, rows: table.rows + 1 } : table,
          ),
        }),
        'not_as_counted',
      ],
    ];
    for (const [change, code] of forgeries) expect(await refusalOf(forged(change))).toBe(code);
  });

  it('is undone when what it brought is not good', async () => {
    expect(await refusalOf('backup', async () => false)).toBe('check_failed');
    const failing = refusalOf('backup', async () => {
      throw new Error('the check broke');
    });
    await expect(failing).rejects.toThrow('the check broke');
    expect(await refusalOf('backup')).toBe('restored');
  });

  it('is undone when the audit finds a difference in it', async () => {
    const from = await tampered({
      sqlite: `UPDATE "Account" SET "creditsPosted" = 299 WHERE "code" = 2030`,
      postgres: [
        'Account',
        (text) => text.replace('\t2030\tCNY\t0\t0\t0\t300\t', '\t2030\tCNY\t0\t0\t0\t299\t'),
      ],
    });
    expect(await refusalOf(from)).toBe('check_failed');
  });

  it('is undone when a row refers to nothing', async () => {
    const from = await tampered({
      sqlite: `DROP TRIGGER "Tender_identity"; UPDATE "Tender" SET "cardId" = 'nobody'`,
      postgres: ['Tender', (text) => text.replace(/\tcrd_\w+\t/, '\tnobody\t')],
    });
    // On PostgreSQL payments refer to cards by trigger, not by key: there it is the audit that notices.
    const outcome = await refusalOf(from).catch((error: unknown) => String(error));
    expect(outcome).toMatch(/foreign key|refer to rows|check_failed/);
  });

  /** The backup with other content, and the digests that belong to that. */
  async function tampered(change: {
    sqlite: string;
    postgres: [table: string, change: (text: string) => string];
  }): Promise<string> {
    const [table, edit] = change.postgres;
    const name = world.test.engine === 'sqlite' ? 'kabao.db' : `${table}.copy`;
    const path = join(folder, 'backup', name);
    const before = await digestOf(path);
    if (world.test.engine === 'sqlite') {
      const connection = new Connection(path);
      connection.pragma('foreign_keys = OFF');
      connection.exec(change.sqlite);
      connection.close();
    } else writeFileSync(path, edit(readFileSync(path, 'utf8')));
    const digest = await digestOf(path);
    expect(digest).not.toEqual(before);
    return forged(({ files, ...rest }) => ({
      ...rest,
      files: files.map((file) => (file.name === name ? { name, ...digest } : file)),
    }));
  }
});
