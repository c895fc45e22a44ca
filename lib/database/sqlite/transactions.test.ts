import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { call, signal, sql, sqliteDatabases } from './testing/harness';

const databases = sqliteDatabases();

describe('time-outs', () => {
  test('a transaction that lasts too long is rolled back and gives the writer free', async () => {
    const { client } = await databases.open();
    const held = signal();
    const begun = signal();
    const late = client.$transaction(
      async (tx) => {
        await tx.counter.create({ data: { id: 'late' } });
        begun.resolve();
        await held.promise;
        await tx.counter.create({ data: { id: 'later' } });
      },
      { timeout: 1_000 },
    );
    await begun.promise;
    await client.counter.create({ data: { id: 'next' } });
    held.resolve();
    await expect(late).rejects.toMatchObject({ code: 'P2028' });
    expect(await client.counter.findMany()).toEqual([{ id: 'next', value: 0n }]);
  });

  test('a transaction granted after its caller gave up waiting is rolled back', async () => {
    const { client } = await databases.open();
    const held = signal();
    const begun = signal();
    const first = client.$transaction(async (tx) => {
      await tx.counter.create({ data: { id: 'first' } });
      begun.resolve();
      await held.promise;
    });
    await begun.promise;
    let ran = false;
    const impatient = client.$transaction(
      async () => {
        ran = true;
      },
      { maxWait: 50 },
    );
    await expect(impatient).rejects.toMatchObject({ code: 'P2028' });
    held.resolve();
    await first;
    await client.$transaction((tx) => tx.counter.create({ data: { id: 'third' } }));
    expect(ran).toBe(false);
    expect(await client.counter.count()).toBe(2);
  });

  test('a transaction that its client forgot is rolled back', async () => {
    const { adapter, client } = await databases.open({ idleTransactionMs: 600 });
    const forgotten = await adapter.startTransaction();
    await forgotten.executeRaw(sql('INSERT INTO "Counter" ("id") VALUES (?)', 'forgotten'));
    await client.counter.create({ data: { id: 'next' } });
    await expect(forgotten.commit()).rejects.toMatchObject({ cause: { kind: 'TransactionAlreadyClosed' } });
    expect(await client.counter.findMany()).toEqual([{ id: 'next', value: 0n }]);
  });
});

describe('a commit that fails', () => {
  test('rolls the transaction back, and the next one works', async () => {
    const { client } = await databases.open();
    const orphan = client.$transaction(async (tx) => {
      await tx.counter.create({ data: { id: 'with the orphan' } });
      await tx.child.create({ data: { id: 'orphan', parentId: 'nobody' } });
    });
    await expect(orphan).rejects.toMatchObject({ cause: { kind: 'ForeignKeyConstraintViolation' } });
    await client.$transaction((tx) => tx.counter.create({ data: { id: 'after' } }));
    expect(await client.counter.findMany()).toEqual([{ id: 'after', value: 0n }]);
    expect(await client.child.count()).toBe(0);
  });

  test('fails only the call whose fault it is, though others were to be committed with it', async () => {
    const { adapter, client } = await databases.open();
    const results = await Promise.allSettled([
      call(adapter, 'insert_counter', { id: 'before' }),
      call(adapter, 'insert_orphan', { id: 'orphan' }),
      call(adapter, 'insert_counter', { id: 'after' }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await client.counter.count()).toBe(2);
    expect(await client.child.count()).toBe(0);
  });
});

describe('a failure that ends the whole transaction', () => {
  test('is seen by all that follows in it, and nothing of it is kept', async () => {
    const { adapter, client } = await databases.open();
    const transaction = await adapter.startTransaction();
    await transaction.executeRaw(sql('INSERT INTO "Counter" ("id") VALUES (?)', 'first'));
    await expect(
      transaction.executeRaw(sql('INSERT INTO "Counter" ("id") VALUES (?)', 'poison')),
    ).rejects.toThrow('poisoned');
    await expect(
      transaction.executeRaw(sql('INSERT INTO "Counter" ("id") VALUES (?)', 'third')),
    ).rejects.toMatchObject({ cause: { kind: 'TransactionAlreadyClosed' } });
    await expect(transaction.commit()).rejects.toMatchObject({ cause: { kind: 'TransactionAlreadyClosed' } });
    await transaction.rollback();
    expect(await client.counter.count()).toBe(0);
  });

  test('harms no other statement that was to be committed with it', async () => {
    const { client } = await databases.open();
    const ids = ['a', 'b', 'poison', 'c'];
    const results = await Promise.allSettled(ids.map((id) => client.counter.create({ data: { id } })));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await client.counter.count()).toBe(3);
  });
});

describe('the write lock', () => {
  test('is taken when a transaction begins, before it writes', async () => {
    const { path, adapter } = await databases.open();
    const other = new Database(path, { timeout: 0 });
    const transaction = await adapter.startTransaction();
    expect(() => other.exec('BEGIN IMMEDIATE')).toThrow('database is locked');
    await transaction.rollback();
    other.exec('BEGIN IMMEDIATE; ROLLBACK');
    other.close();
  });

  test('cannot be had or given by SQL text', async () => {
    const { client } = await databases.open();
    for (const text of [
      'BEGIN',
      ' commit',
      '-- note\nROLLBACK',
      '/* note */ SAVEPOINT a',
      'END',
      'RELEASE a',
    ]) {
      await expect(client.$executeRawUnsafe(text)).rejects.toMatchObject({ code: 'P2010' });
      await expect(client.$transaction((tx) => tx.$executeRawUnsafe(text))).rejects.toMatchObject({
        code: 'P2010',
      });
    }
  });
});

describe('savepoints', () => {
  test('what follows a savepoint can be undone alone', async () => {
    const { adapter, client } = await databases.open();
    const transaction = await adapter.startTransaction();
    const insert = (id: string) => transaction.executeRaw(sql('INSERT INTO "Counter" ("id") VALUES (?)', id));
    await insert('kept');
    await transaction.createSavepoint?.('inner');
    await insert('undone');
    await transaction.rollbackToSavepoint?.('inner');
    await transaction.releaseSavepoint?.('inner');
    await transaction.commit();
    expect(await client.counter.findMany()).toEqual([{ id: 'kept', value: 0n }]);
  });

  test('a list of statements is one transaction', async () => {
    const { client } = await databases.open();
    const twice = client.$transaction([
      client.counter.create({ data: { id: 'same' } }),
      client.counter.create({ data: { id: 'same' } }),
    ]);
    await expect(twice).rejects.toMatchObject({ code: 'P2002' });
    expect(await client.counter.count()).toBe(0);
  });
});
