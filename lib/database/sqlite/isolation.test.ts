import { describe, expect, test } from 'vitest';
import { call, signal, sqliteDatabases } from './testing/harness';

const databases = sqliteDatabases();

describe('transactions of one process', () => {
  test('nobody sees what another has not committed, 20 times of 20', async () => {
    const { client } = await databases.open();
    for (let round = 0; round < 20; round++) {
      const id = `dirty-${round}`;
      const written = signal();
      const looked = signal();
      const transaction = client.$transaction(async (tx) => {
        await tx.counter.create({ data: { id } });
        written.resolve();
        await looked.promise;
        expect(await tx.counter.findUnique({ where: { id } })).not.toBeNull();
        throw new Error('roll back');
      });
      await written.promise;
      expect(await client.counter.findUnique({ where: { id } })).toBeNull();
      looked.resolve();
      await expect(transaction).rejects.toThrow('roll back');
      expect(await client.counter.findUnique({ where: { id } })).toBeNull();
    }
  });

  test("an acknowledged write is not undone by another's rollback, 20 times of 20", async () => {
    const { client } = await databases.open();
    for (let round = 0; round < 20; round++) {
      const id = `kept-${round}`;
      const begun = signal();
      const asked = signal();
      const transaction = client.$transaction(async (tx) => {
        await tx.counter.create({ data: { id: `undone-${round}` } });
        begun.resolve();
        await asked.promise;
        await tx.counter.create({ data: { id: `undone-later-${round}` } });
        throw new Error('roll back');
      });
      await begun.promise;
      const write = Promise.all([client.counter.create({ data: { id } }), client.counter.count()]);
      asked.resolve();
      await expect(transaction).rejects.toThrow('roll back');
      await write;
      expect(await client.counter.findUnique({ where: { id } })).toMatchObject({ id });
    }
    expect(await client.counter.count()).toBe(20);
  });

  test('transactions that read and then write run one after another, so none is lost', async () => {
    const { client } = await databases.open();
    await client.counter.create({ data: { id: 'shared' } });
    const raise = () =>
      client.$transaction(
        async (tx) => {
          const before = await tx.counter.findFirstOrThrow({ where: { id: 'shared' } });
          await tx.counter.update({ where: { id: 'shared' }, data: { value: before.value + 1n } });
        },
        { maxWait: 20_000, timeout: 20_000 },
      );
    await Promise.all(Array.from({ length: 32 }, raise));
    expect(await client.counter.findUnique({ where: { id: 'shared' } })).toEqual({
      id: 'shared',
      value: 32n,
    });
  });

  test('reads are answered while a transaction is open', async () => {
    const { client } = await databases.open();
    await client.$transaction(async (tx) => {
      await tx.counter.create({ data: { id: 'open' } });
      expect(await Promise.all([client.counter.count(), client.counter.count()])).toEqual([0, 0]);
    });
    expect(await client.counter.count()).toBe(1);
  });

  test('a read begun after an acknowledged write sees it, on whichever reader', async () => {
    const { client } = await databases.open({ readers: 2 });
    for (let written = 1; written <= 200; written++) {
      await client.counter.create({ data: { id: `row-${written}` } });
      const counts = await Promise.all([
        client.counter.count(),
        client.counter.count(),
        client.counter.count(),
      ]);
      expect(counts).toEqual([written, written, written]);
    }
  });

  test('two clients of one process write through one queue', async () => {
    const { client, adapter } = await databases.open();
    const transaction = await adapter.startTransaction();
    let isDone = false;
    const write = client.counter.create({ data: { id: 'other' } }).then(() => {
      isDone = true;
    });
    await client.counter.count();
    expect(isDone).toBe(false);
    await transaction.commit();
    await write;
    expect(await client.counter.count()).toBe(1);
  });

  test('what is moved in four ways at once neither appears nor disappears, at any read', async () => {
    const { client, adapter } = await databases.open();
    const ids = ['a', 'b', 'c', 'd'];
    await client.counter.createMany({ data: ids.map((id) => ({ id, value: 2n })) });
    const pick = (step: number) => ids[step % ids.length] ?? '';
    const total = async () => {
      const rows = await client.$queryRawUnsafe<{ total: bigint }[]>(
        'SELECT sum("value") AS total FROM "Counter"',
      );
      expect(rows).toEqual([{ total: 8n }]);
    };
    const ways: ((from: string, to: string) => Promise<unknown>)[] = [
      (from, to) => call(adapter, 'move', { from, to }),
      (from, to) =>
        client.$executeRawUnsafe(
          'UPDATE "Counter" SET "value" = "value" + CASE "id" WHEN ? THEN -1 ELSE 1 END WHERE "id" IN (?, ?)',
          from,
          from,
          to,
        ),
      (from, to) =>
        client.$transaction(
          async (tx) => {
            await tx.$executeRawUnsafe('UPDATE "Counter" SET "value" = "value" + 1 WHERE "id" = ?', to);
            const giver = await tx.counter.findFirstOrThrow({ where: { id: from } });
            await tx.counter.update({ where: { id: from }, data: { value: giver.value - 1n } });
          },
          { maxWait: 30_000, timeout: 30_000 },
        ),
      (from) =>
        client.$transaction(async (tx) => {
          await tx.$executeRawUnsafe('UPDATE "Counter" SET "value" = "value" - 1 WHERE "id" = ?', from);
          throw new Error('changed my mind');
        }),
    ];
    await client.counter.create({ data: { id: 'empty', value: 0n } });
    for (const way of ways) await expect(way('empty', 'a')).rejects.toThrow();
    await total();

    let moves = 0;
    let refusals = 0;
    const mover = async (seed: number) => {
      for (let step = seed; step < seed + 20; step++) {
        const way = ways[(step * 7 + seed) % ways.length];
        const move = way?.(pick(step), pick(step + 1 + (seed % 3)));
        await move?.then(
          () => (moves += 1),
          () => (refusals += 1),
        );
        await total();
      }
    };
    await Promise.all(Array.from({ length: 12 }, (_, seed) => mover(seed)));
    await total();
    // How many find a counter empty is a matter of luck; that each move is whole or not at all is not.
    expect(moves + refusals).toBe(12 * 20);
    expect(refusals).toBeGreaterThanOrEqual((12 * 20) / ways.length);
    expect(moves).toBeGreaterThan(0);
  });
});
