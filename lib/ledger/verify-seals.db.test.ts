import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInBulk } from '@/lib/database';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { HOUR_MS, plusMs } from '@/lib/kernel';
import { sealStragglers, sealTransfers, verifySeals } from './index';
import type { UnsealedPart } from './seal-dialect';
import type { SealedRow } from './seal-format';
import { appendSeal, chainHead, eachUnsealed, type StoredSeal, sealsAfter } from './seal-store';
import { ledgerWith, minutes, pay, testNow, threeSeals, withoutTriggers } from './testing';

let test: TestDatabase;
let parties: Awaited<ReturnType<typeof ledgerWith>>;

beforeEach(async () => {
  test = await openTestDatabase();
  parties = await ledgerWith(test.db, [10_000n, 10_000n]);
});
afterEach(() => test.close());

const verify = (over: Partial<Parameters<typeof verifySeals>[1]> = {}) =>
  verifySeals(test.db, { now: minutes(6), ...over });

/** A transfer that came into the table on another way, with a date of its own. */
const insert = (id: string, createdAt: Date) =>
  test.raw(`INSERT INTO "Transfer" ("id", "debitAccountId", "creditAccountId", "amount", "code", "kind", "createdAt")
    VALUES ('${id.replaceAll("'", "''")}', 'house:custodyCash:CNY', 'card-0', 1, 101, 'posted', '${createdAt.toISOString()}')`);

/** So many transfers where the sequencer does not look: before all others. */
function insertBehind(count: number): Promise<void> {
  const [column, value] = test.engine === 'sqlite' ? [', rowid', ', -"i"'] : ['', ''];
  return test.raw(`INSERT INTO "Transfer" ("id", "debitAccountId", "creditAccountId", "amount", "code", "kind", "createdAt"${column})
    WITH RECURSIVE n("i") AS (SELECT 1 UNION ALL SELECT "i" + 1 FROM n WHERE "i" < ${count})
    SELECT 'behind-' || "i", 'house:custodyCash:CNY', 'card-0', 1, 101, 'posted', '2026-11-23T01:00:00.000Z'${value} FROM n`);
}

/** What the sequencer finds at this moment. */
async function eachWaiting(query: { all: boolean }, take: (part: UnsealedPart) => Promise<boolean>) {
  const head = await chainHead(test.db);
  await readInBulk(test.db, (reader) => eachUnsealed(reader, { head, now: minutes(9), ...query }, take));
}

const setSeal = (number: number, assignment: string) =>
  withoutTriggers(test, `UPDATE "LedgerSeal" SET ${assignment} WHERE "number" = ${number}`);

describe('a report', () => {
  it('of a ledger that was never sealed has the chain before the first transfer, and counts what waits', async () => {
    expect(await verify()).toEqual({
      ok: true,
      seals: 0,
      sealed: 0,
      unsealed: 2,
      chain: 'd409a8c5f85844458dc926803555965db564734df5a6fc69b8d01c35ad33876e',
      sealedAt: null,
      first: null,
      differences: [],
    });
  });

  it('ends with the chain and the time of the last seal', async () => {
    await threeSeals(test.db, parties);
    const { chain } = await chainHead(test.db);
    expect(await verify()).toMatchObject({
      chain: chain.toString('hex'),
      sealedAt: minutes(5).toISOString(),
    });
  });

  it('names as many differences as asked for, twenty if not, and counts the rest too', async () => {
    for (let place = 0; place < 22; place += 1) await insert(`more-${place}`, testNow);
    await sealTransfers(test.db, minutes(1));
    await withoutTriggers(test, `UPDATE "Transfer" SET "amount" = 2 WHERE "id" LIKE 'more-%'`);
    expect((await verify()).differences).toHaveLength(20);
    expect((await verify({ limit: 22 })).differences).toHaveLength(22);
    expect(await verify({ limit: 0 })).toMatchObject({ ok: false, first: null, differences: [] });
  });

  it('exports every seal with its transfers, but none that is not as it was sealed', async () => {
    await threeSeals(test.db, parties);
    const exported: (readonly [bigint, ...(string | null | undefined)[]])[] = [];
    const onSeal = async (seal: StoredSeal, rows: readonly SealedRow[]) =>
      void exported.push([seal.number, ...rows.map(([id]) => id)]);
    await withoutTriggers(test, `UPDATE "Transfer" SET "amount" = 2 WHERE "id" = 'hold-a'`);
    await verify({ onSeal });
    expect(exported).toEqual([
      [1n, 'issue-0', 'issue-1'],
      [3n, 'hold-c', 'capture-c', 'hold-d', 'capture-d'],
    ]);
  });

  it('says of each chain that was signed whether today’s goes through it', async () => {
    await threeSeals(test.db, parties);
    const signed = (await sealsAfter(test.db, { number: 0n, through: 0n }, 100)).map((seal) => ({
      seal: seal.number,
      chain: seal.chain.toString('hex'),
    }));
    expect(await verify({ checkpoints: signed })).toMatchObject({ ok: true });
    const another = signed.map(({ seal, chain }) => (seal === 2n ? { seal, chain: '00' } : { seal, chain }));
    const place = '10';
    expect((await verify({ checkpoints: [...another, { seal: 9n, chain: '00' }] })).differences).toEqual([
      { kind: 'checkpoint_differs', seal: '2', place, transferId: null },
      { kind: 'checkpoint_differs', seal: '9', place, transferId: null },
    ]);
  });
});

describe('what comes after a difference is still told by its right place', () => {
  const laterChange = { kind: 'changed', seal: '3', place: '8', transferId: 'capture-c' };

  beforeEach(async () => {
    await threeSeals(test.db, parties);
    await withoutTriggers(test, `UPDATE "Transfer" SET "amount" = 99 WHERE "id" = 'capture-c'`);
  });

  it('when a seal is gone', async () => {
    await withoutTriggers(test, 'DELETE FROM "LedgerSeal" WHERE "number" = 2');
    const gone = { kind: 'removed', seal: '2', place: '3', transferId: null };
    const report = await verify();
    expect(report.differences.slice(0, 2)).toEqual([gone, laterChange]);
    expect(report).toMatchObject({ seals: 2, sealed: 6, unsealed: 4 });
  });

  it.each(['{', 'null', '{"0":"hold-a"}', '["hold-a",1]', '"hold-a"'])(
    'when the list of a seal is %s',
    async (list) => {
      await setSeal(2, `"transferIds" = '${list}'`);
      const unreadable = { kind: 'seal_changed', seal: '2', place: '3', transferId: null };
      const report = await verify();
      expect(report.differences).toEqual([unreadable, laterChange]);
      expect(report).toMatchObject({ seals: 3, sealed: 6, unsealed: 0 });
    },
  );

  it.each([`"sealedAt" = '2026-11-23T02:03:06.000Z'`, `"through" = 7`])(
    'when a seal has %s',
    async (other) => {
      await setSeal(2, other);
      const changed = { kind: 'seal_changed', seal: '2', place: '3', transferId: null };
      expect((await verify()).differences).toEqual([changed, laterChange]);
    },
  );
});

it('the last transfer that was sealed can be gone: then all that is sealed is still known to be', async () => {
  await threeSeals(test.db, parties);
  await withoutTriggers(test, `DELETE FROM "Transfer" WHERE "id" = 'capture-d'`);
  const gone = { kind: 'removed', seal: '3', place: '10', transferId: 'capture-d' };
  expect(await verify()).toMatchObject({ differences: [gone], sealed: 10, unsealed: 0 });
});

it('a seal whose count does not go on from the one before is told, even if its chain was made to fit', async () => {
  await sealTransfers(test.db, minutes(1));
  await insert('next', minutes(2));
  const head = await chainHead(test.db);
  await eachWaiting({ all: false }, async (part) => {
    await appendSeal(test.db, { ...head, through: 7n }, { ...part, now: minutes(3) });
    return false;
  });
  const told = { kind: 'seal_changed', seal: '2', place: '3', transferId: null };
  expect((await verify()).differences).toEqual([told]);
});

describe('a transfer that is dated long before what was sealed', () => {
  it('is told by the sequencer, the first of them, and by the verification with its place', async () => {
    await sealTransfers(test.db, minutes(1));
    await insert('in-time', plusMs(testNow, -2 * HOUR_MS));
    await insert('late', plusMs(testNow, -2 * HOUR_MS - 1));
    await insert('later', plusMs(testNow, -5 * HOUR_MS));
    const late = ['late', 'later'];
    const waiting = (await verify()).differences.map(({ kind, transferId }) => [kind, transferId]);
    expect(waiting.toSorted()).toEqual(late.map((id) => ['inserted', id]));
    const { count, firstLate } = await sealTransfers(test.db, minutes(3), { all: true });
    expect(count).toBe(3);
    expect(late).toContain(firstLate);
    const sealed = (await verify()).differences;
    expect(sealed.map(({ transferId }) => transferId).toSorted()).toEqual(late);
    expect(sealed.map(({ seal }) => seal)).toEqual(['2', '2']);
    expect(sealed[0]?.transferId).toBe(firstLate);
  });

  it('is no surprise among those that are sealed with it, nor after one from the future', async () => {
    await insert('old', plusMs(testNow, -5 * HOUR_MS));
    expect(await sealTransfers(test.db, minutes(1))).toEqual({ count: 3, firstLate: null });
    await insert('future', plusMs(testNow, 9 * HOUR_MS));
    await sealTransfers(test.db, minutes(2));
    await insert('next', minutes(3.9));
    expect(await sealTransfers(test.db, minutes(4))).toEqual({ count: 1, firstLate: null });
    expect(await verify()).toMatchObject({ ok: true, sealed: 5 });
  });
});

describe('the end of the chain', () => {
  it('is kept with the newest date that was ever sealed', async () => {
    await insert('young', minutes(9));
    await insert('younger', minutes(10));
    await sealTransfers(test.db, minutes(11));
    await insert('older', minutes(5));
    const before = await chainHead(test.db);
    expect(before).toMatchObject({ number: 1n, through: 4n, newestAt: minutes(10), sealedAt: minutes(11) });
    await eachWaiting({ all: true }, async (part) => {
      const after = await appendSeal(test.db, before, { ...part, now: minutes(12) });
      expect(after).toMatchObject({ number: 2n, through: 5n, newestAt: minutes(10), sealedAt: minutes(12) });
      return false;
    });
    const older = await chainHead(test.db);
    expect(older).toMatchObject({ number: 2n, through: 5n, newestAt: minutes(10) });
    await insert('youngest', minutes(13));
    await eachWaiting({ all: false }, async (part) => {
      const after = await appendSeal(test.db, older, { ...part, now: minutes(14) });
      expect(after).toMatchObject({ number: 3n, newestAt: minutes(13) });
      return false;
    });
  });

  it('does not move when another sequencer was faster, and a seal that cannot be written is no such case', async () => {
    const head = await chainHead(test.db);
    const rows: SealedRow[] = [['a', ...Array<string>(8).fill(''), testNow.toISOString()]];
    const seal = { rows, position: 'a', now: minutes(1) };
    expect(await appendSeal(test.db, head, seal)).toMatchObject({ number: 1n });
    expect(await appendSeal(test.db, head, seal)).toBeNull();
    expect(await chainHead(test.db)).toMatchObject({ number: 1n, through: 1n });
    await expect(appendSeal(test.db, head, { ...seal, rows: [] })).rejects.toThrow();
  });

  it('may be a transfer with a quotation mark in its number', async () => {
    await insert("o'clock", minutes(1));
    await sealTransfers(test.db, minutes(2));
    expect((await chainHead(test.db)).position).toBe("o'clock");
    await pay(test.db, parties, { id: 'a', at: minutes(3) });
    expect(await sealStragglers(test.db, minutes(4))).toEqual({ count: 0, firstLate: null });
    expect((await sealTransfers(test.db, minutes(4))).count).toBe(2);
    await insert("six o'clock", minutes(5));
    await sealTransfers(test.db, minutes(6));
    await insertBehind(1);
    expect((await sealStragglers(test.db, minutes(6))).count).toBe(1);
  });
});

describe('what is not sealed is given in parts, until there are enough,', () => {
  const sizes = async (parts: number, query: { all: boolean }) => {
    const taken: number[] = [];
    await eachWaiting(query, async ({ rows }) => {
      taken.push(rows.length);
      return taken.length < parts;
    });
    return taken;
  };

  it.each([false, true])('before anything is sealed (everything searched: %s)', async (all) => {
    await insertBehind(2_050);
    expect(await sizes(1, { all })).toEqual([1_000]);
    expect(await sizes(9, { all })).toEqual([1_000, 1_000, 52]);
    expect((await verify()).unsealed).toBe(2_052);
  });

  it('when it was passed over', async () => {
    await sealTransfers(test.db, minutes(1));
    await insertBehind(2_050);
    await insert('next', minutes(2));
    expect(await sizes(1, { all: true })).toEqual([1_000]);
    const taken = await sizes(9, { all: true });
    expect(Math.max(...taken)).toBe(1_000);
    expect(taken.reduce((sum, size) => sum + size)).toBe(2_051);
    expect((await verify()).unsealed).toBe(2_051);
  });
});

it('a ledger that was never sealed left nothing behind, and a search of everything seals it once', async () => {
  expect((await sealStragglers(test.db, minutes(1))).count).toBe(0);
  expect((await sealTransfers(test.db, minutes(1), { all: true })).count).toBe(2);
  expect(await verify()).toMatchObject({ ok: true, seals: 1, sealed: 2, unsealed: 0 });
  expect((await sealTransfers(test.db, minutes(2))).count).toBe(0);
});
