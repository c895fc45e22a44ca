import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { call, sqliteDatabases, workerFile } from './testing/harness';

const databases = sqliteDatabases();
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('a second process', () => {
  test('waits for the writer of the first one instead of failing, and the event loop goes on', async () => {
    const { path, client } = await databases.open();
    const child = start('hold', path);
    await child.line('holding');
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
      if (ticks === 20) child.process.stdin?.write('go\n');
    }, 20);
    const alone = client.counter.create({ data: { id: 'alone' } });
    const inTransaction = client.$transaction(
      (tx) => tx.counter.create({ data: { id: 'in a transaction' } }),
      {
        maxWait: 20_000,
      },
    );
    await Promise.all([alone, inTransaction]);
    clearInterval(timer);
    // The lock is released by the 20th tick alone, so a held event loop would never come here.
    expect(ticks).toBeGreaterThanOrEqual(20);
    expect(await client.counter.count()).toBe(3);
  });

  test('can be killed at any moment, and each write it was told of is there', async () => {
    const { path, adapter } = await databases.open();
    const child = start('write', path);
    const acknowledged = await child.linesUntil(500);
    child.process.kill('SIGKILL');
    await once(child.process, 'exit');
    const { rows } = await adapter.queryRaw({ sql: 'SELECT "id" FROM "Counter"', args: [], argTypes: [] });
    const stored = new Set(rows.map(([id]) => id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(await adapter.queryRaw({ sql: 'PRAGMA integrity_check', args: [], argTypes: [] })).toMatchObject({
      rows: [['ok']],
    });
  });

  test.each(['leave', 'disconnect'])('ends by itself when it has nothing more to do: %s', async (what) => {
    const { path, client } = await databases.open();
    const child = start(what, path);
    const [code] = await once(child.process, 'exit');
    expect(code).toBe(0);
    expect(await client.counter.findMany()).toEqual([{ id: 'left', value: 0n }]);
  });
});

describe('a worker that dies', () => {
  test('fails the calls that wait for it, keeps nothing of them, and the next call starts another', async () => {
    const { adapter, client } = await databases.open();
    await client.counter.create({ data: { id: 'before' } });
    const lost = await Promise.allSettled([
      call(adapter, 'crash', { id: 'lost' }),
      call(adapter, 'insert_counter', { id: 'lost with it' }),
      client.counter.create({ data: { id: 'lost too' } }),
    ]);
    expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(lost[0]).toMatchObject({ reason: { cause: { kind: 'ConnectionClosed' } } });
    expect(lost[2]).toMatchObject({ reason: { code: 'P1017' } });
    await client.counter.create({ data: { id: 'after' } });
    expect((await client.counter.findMany()).map(({ id }) => id).sort()).toEqual(['after', 'before']);
  });

  test('takes its transaction with it: nothing later joins another one by mistake', async () => {
    const { adapter, client } = await databases.open();
    const transaction = await adapter.startTransaction();
    await expect(call(transaction, 'crash', { id: 'lost' })).rejects.toMatchObject({
      cause: { kind: 'ConnectionClosed' },
    });
    const other = await adapter.startTransaction();
    await expect(call(transaction, 'insert_counter', { id: 'stray' })).rejects.toMatchObject({
      cause: { kind: 'TransactionAlreadyClosed' },
    });
    await transaction.rollback();
    await call(other, 'insert_counter', { id: 'kept' });
    await other.commit();
    expect(await client.counter.findMany()).toEqual([{ id: 'kept', value: 1n }]);
  });
});

describe('closing', () => {
  test('finishes what was asked before, rolls back what is open, and leaves no write-ahead log behind', async () => {
    const { path, adapter, client } = await databases.open();
    const transaction = await adapter.startTransaction();
    await call(transaction, 'insert_counter', { id: 'open' });
    const waiting = call(adapter, 'insert_counter', { id: 'waiting' });
    await Promise.all([adapter.dispose(), client.$disconnect()]);
    await waiting;
    expect(existsSync(`${path}-wal`)).toBe(false);
    const file = new Database(path, { readonly: true });
    expect(file.prepare('SELECT "id" FROM "Counter"').pluck().all()).toEqual(['waiting']);
    file.close();
    await expect(call(adapter, 'insert_counter', { id: 'late' })).rejects.toMatchObject({
      cause: { kind: 'ConnectionClosed' },
    });
  });

  test('a client that was disconnected connects again when it is used', async () => {
    const { client } = await databases.open();
    await client.$disconnect();
    await client.counter.create({ data: { id: 'again' } });
    expect(await client.counter.count()).toBe(1);
  });

  test('a database that cannot be opened, or a worker that was not made, is an error that says so', async () => {
    await expect(databases.open({ path: '/dev/null/none.db' })).rejects.toThrow(
      'the database /dev/null/none.db cannot be opened: ',
    );
    await expect(databases.open({ workerFile: '/dev/null/worker.mjs' })).rejects.toThrow(
      "'/dev/null/worker.mjs'",
    );
  });
});

function start(what: string, path: string) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'lib/database/sqlite/testing/child.ts', what, path, workerFile],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  children.push(child);
  const lines = createInterface({ input: child.stdout });
  return {
    process: child,
    async line(expected: string) {
      for await (const line of lines) if (line === expected) return;
    },
    async linesUntil(count: number) {
      const received: string[] = [];
      for await (const line of lines) {
        received.push(line);
        if (received.length >= count) break;
      }
      return received;
    },
  };
}
