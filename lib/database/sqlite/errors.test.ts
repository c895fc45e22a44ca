import { describe, expect, test } from 'vitest';
import { sqliteDatabases } from './testing/harness';

const databases = sqliteDatabases();

const sample = {
  name: 'a',
  place: 'b',
  amount: 1n,
  ratio: 1,
  isOpen: true,
  at: new Date(0),
  payload: {},
  bytes: new Uint8Array(),
};

describe('errors have the codes of Prisma', () => {
  test('a unique index: P2002 with its fields', async () => {
    const { client } = await databases.open();
    await client.sample.create({ data: sample });
    const violation = {
      code: 'P2002',
      meta: {
        driverAdapterError: {
          cause: {
            kind: 'UniqueConstraintViolation',
            constraint: { fields: ['name', 'place'] },
            table: 'Sample',
          },
        },
      },
    };
    await expect(client.sample.create({ data: sample })).rejects.toMatchObject(violation);
    await expect(client.$transaction((tx) => tx.sample.create({ data: sample }))).rejects.toMatchObject(
      violation,
    );
  });

  test('a primary key: P2002 with its field', async () => {
    const { client } = await databases.open();
    await client.counter.create({ data: { id: 'same' } });
    await expect(client.counter.create({ data: { id: 'same' } })).rejects.toMatchObject({
      code: 'P2002',
      meta: { driverAdapterError: { cause: { constraint: { fields: ['id'] } } } },
    });
  });

  test('a foreign key: P2003', async () => {
    const { client } = await databases.open();
    await expect(client.child.create({ data: { id: 'a', parentId: 'nobody' } })).rejects.toMatchObject({
      code: 'P2003',
    });
  });

  test('a missing value: P2011; a missing table: P2021 and its like', async () => {
    const { client, adapter } = await databases.open();
    await adapter.executeScript('ALTER TABLE "Counter" ADD COLUMN "kind" TEXT CHECK ("kind" IS NOT NULL)');
    const query = { args: [], argTypes: [] };
    await expect(
      adapter.executeRaw({ ...query, sql: 'INSERT INTO "Parent" ("id") VALUES (NULL)' }),
    ).rejects.toMatchObject({ cause: { kind: 'NullConstraintViolation', constraint: { fields: ['id'] } } });
    await expect(adapter.queryRaw({ ...query, sql: 'SELECT * FROM "Nothing"' })).rejects.toMatchObject({
      cause: { kind: 'TableDoesNotExist', table: 'Nothing' },
    });
    await adapter.executeScript('DROP TABLE "Child"');
    await expect(client.child.count()).rejects.toMatchObject({ code: 'P2021' });
  });

  test('a check or a trigger: the words of the database, and the code of SQLite', async () => {
    const { client } = await databases.open();
    await expect(client.counter.create({ data: { id: 'a', value: -1n } })).rejects.toMatchObject({
      code: 'P2039',
      meta: { driverAdapterError: { cause: { originalCode: 'SQLITE_CONSTRAINT_CHECK', extendedCode: 275 } } },
    });
    await expect(client.counter.create({ data: { id: 'poison' } })).rejects.toMatchObject({
      message: expect.stringContaining('poisoned'),
      meta: { driverAdapterError: { cause: { originalCode: 'SQLITE_CONSTRAINT_TRIGGER' } } },
    });
  });
});
