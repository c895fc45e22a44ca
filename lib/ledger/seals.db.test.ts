import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { interruptedAtRead } from '@/lib/database/testing/interrupted';
import { post, sealStragglers, sealTransfers, type Transfer, verifySeals } from './index';
import { cash, ledgerWith, minutes, pay, threeSeals, withoutTriggers } from './testing';

let test: TestDatabase;
let parties: Awaited<ReturnType<typeof ledgerWith>>;

beforeEach(async () => {
  test = await openTestDatabase();
  parties = await ledgerWith(test.db, [10_000n, 10_000n]);
});

afterEach(() => test.close());

const payment = (id: string, at: Date) => pay(test.db, parties, { id, at });

const verify = (now = minutes(6)) => verifySeals(test.db, { now });

/** Every id that any seal lists. */
async function sealedIds(): Promise<string[]> {
  const seals = await test.db.ledgerSeal.findMany({ orderBy: { number: 'asc' } });
  return seals.flatMap(({ transferIds }): string[] => JSON.parse(transferIds));
}

describe('the sequencer', () => {
  it('seals every transfer once, and only what is new', async () => {
    await threeSeals(test.db, parties);
    expect(await sealTransfers(test.db, minutes(6))).toEqual({ count: 0, firstLate: null });
    const ids = await sealedIds();
    const transfers = await test.db.transfer.findMany({ select: { id: true } });
    expect([...ids].sort()).toEqual(transfers.map(({ id }) => id).sort());
    expect(await verify()).toMatchObject({ ok: true, seals: 3, sealed: 10, unsealed: 0, first: null });
  });

  it('cuts a backlog into seals of a thousand', async () => {
    const many = Array.from(
      { length: 2_500 },
      (_, index): Transfer => ({
        type: 'hold',
        id: `many-${index}`,
        movement: 'spend',
        debit: parties.cards[0] ?? cash,
        credit: parties.merchant,
        amountMinor: 1n,
        reference: 'many',
        timeoutAt: minutes(60),
      }),
    );
    for (let start = 0; start < many.length; start += 500) {
      await post(test.db, many.slice(start, start + 500), minutes(1));
    }
    expect((await sealTransfers(test.db, minutes(2))).count).toBe(2_502);
    const seals = await test.db.ledgerSeal.findMany({ orderBy: { number: 'asc' } });
    expect(seals.map(({ through }) => through)).toEqual([1_000n, 2_000n, 2_502n]);
    expect(await verify()).toMatchObject({ ok: true, seals: 3, sealed: 2_502 });
  });

  it('several at once, while payments come in, seal nothing twice and leave nothing out', async () => {
    const work = Promise.all(
      Array.from({ length: 40 }, (_, index) => payment(String(index), minutes((index % 3) / 15))),
    );
    let over = false;
    const ended = work.then(() => {
      over = true;
    });
    const sequencer = async () => {
      while (!over) await sealTransfers(test.db, minutes(5));
    };
    await Promise.all([sequencer(), sequencer(), sequencer(), ended]);
    await sealTransfers(test.db, minutes(5));
    const ids = await sealedIds();
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(82);
    expect(await verify()).toMatchObject({ ok: true, sealed: 82, unsealed: 0 });
  });

  it('stops when another has sealed meanwhile what it has read, and counts none of it', async () => {
    await payment('1', minutes(0));
    const faster = async () => expect(await sealTransfers(test.db, minutes(5))).toMatchObject({ count: 4 });
    // Both have read the same; the faster one writes its seal just before the slower one does.
    const slower = await interruptedAtRead(test, 'INSERT', faster);
    expect(await sealTransfers(slower, minutes(5))).toEqual({ count: 0, firstLate: null });
    await slower.$disconnect();
    expect(await sealedIds()).toHaveLength(4);
    expect(await verify()).toMatchObject({ ok: true, sealed: 4, unsealed: 0 });
  });

  it('does not miss what was committed after younger transfers, on PostgreSQL, where that can happen', async () => {
    if (test.engine !== 'postgres') return;
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let posted = () => {};
    const isPosted = new Promise<void>((resolve) => {
      posted = resolve;
    });
    const late = test.db.$transaction(async (tx) => {
      const columns = `"id", "debitAccountId", "creditAccountId", "amount", "code", "kind", "createdAt"`;
      await tx.$executeRawUnsafe(`INSERT INTO "Transfer" (${columns})
        VALUES ('early', 'card-1', 'merchant-1', 1, 201, 'posted', '2026-11-23 02:00:50')`);
      posted();
      await held;
    });
    await isPosted;
    await test.raw(`INSERT INTO "Transfer" ("id", "debitAccountId", "creditAccountId", "amount", "code", "kind", "createdAt")
      VALUES ('young', 'house:custodyCash:CNY', 'card-0', 1, 101, 'posted', '2026-11-23 02:01:00')`);
    expect((await sealTransfers(test.db, minutes(2))).count).toBe(3);
    letGo();
    await late;
    expect((await sealTransfers(test.db, minutes(2))).count).toBe(1);
    expect((await sealedIds()).at(-1)).toBe('early');
    expect(await verify()).toMatchObject({ ok: true, sealed: 4, unsealed: 0 });
  });

  it('finds what it left behind', async () => {
    await threeSeals(test.db, parties);
    const rowid = test.engine === 'sqlite' ? ', rowid' : '';
    const low = test.engine === 'sqlite' ? ', -7' : '';
    await test.raw(`INSERT INTO "Transfer" ("id", "debitAccountId", "creditAccountId", "amount", "code", "kind", "createdAt"${rowid})
      VALUES ('behind', 'card-0', 'merchant-1', 1, 201, 'posted', '2026-11-23 01:00:00'${low})`);
    expect((await sealTransfers(test.db, minutes(6))).count).toBe(0);
    expect(await verify()).toMatchObject({ ok: true, unsealed: 1 });
    expect((await sealStragglers(test.db, minutes(6))).count).toBe(1);
    expect((await sealStragglers(test.db, minutes(6))).count).toBe(0);
    await payment('e', minutes(7));
    expect((await sealTransfers(test.db, minutes(8))).count).toBe(2);
    expect(await verify()).toMatchObject({ ok: true, sealed: 13, unsealed: 0 });
  });

  it('goes on after the table was written anew without a row that somebody removed', async () => {
    if (test.engine !== 'sqlite') return;
    await threeSeals(test.db, parties);
    await withoutTriggers(test, `DELETE FROM "Transfer" WHERE "id" IN ('capture-d', 'hold-d')`);
    await test.raw('VACUUM');
    await payment('e', minutes(6));
    expect((await sealTransfers(test.db, minutes(7))).count).toBe(2);
    expect((await sealedIds()).slice(-2)).toEqual(['hold-e', 'capture-e']);
  });
});

describe('what the verification finds when somebody goes round the triggers', () => {
  beforeEach(() => threeSeals(test.db, parties));

  const edits: Record<string, string> = {
    debitAccountId: `'card-1'`,
    creditAccountId: `'house:fees:CNY'`,
    amount: '99',
    code: '202',
    kind: `'void_pending'`,
    pendingId: `'hold-x'`,
    timeoutAt: `'2026-11-23T02:00:00.000Z'`,
    reference: 'NULL',
    createdAt: `'2026-11-23T02:02:00.001Z'`,
  };
  for (const [field, value] of Object.entries(edits)) {
    it(`another ${field}`, async () => {
      await withoutTriggers(test, `UPDATE "Transfer" SET "${field}" = ${value} WHERE "id" = 'capture-b'`);
      const first = { kind: 'changed', seal: '2', place: '6', transferId: 'capture-b' };
      expect(await verify()).toMatchObject({ ok: false, first, differences: [first] });
    });
  }

  it('another id: the transfer is gone, and one that nobody sealed is there', async () => {
    await withoutTriggers(test, `UPDATE "Transfer" SET "id" = 'capture-y' WHERE "id" = 'capture-b'`);
    const report = await verify();
    expect(report.first).toEqual({ kind: 'removed', seal: '2', place: '6', transferId: 'capture-b' });
    expect(report.unsealed).toBe(1);
  });

  it('a field that was empty', async () => {
    await withoutTriggers(
      test,
      `UPDATE "Transfer" SET "timeoutAt" = '2026-11-23T02:00:00.000Z' WHERE "id" = 'issue-0'`,
    );
    expect((await verify()).first).toEqual({ kind: 'changed', seal: '1', place: '1', transferId: 'issue-0' });
  });

  it('removed transfers, the first of them first', async () => {
    await withoutTriggers(test, `DELETE FROM "Transfer" WHERE "id" IN ('capture-c', 'hold-b')`);
    const { first, differences } = await verify();
    expect(first).toEqual({ kind: 'removed', seal: '2', place: '5', transferId: 'hold-b' });
    expect(differences.map(({ transferId }) => transferId)).toEqual(['hold-b', 'capture-c']);
  });

  const slippedIn = `INSERT INTO "Transfer" ("id", "debitAccountId", "creditAccountId", "amount", "code", "kind", "createdAt")
    VALUES ('slipped-in', 'house:custodyCash:CNY', 'card-0', 5, 101, 'posted', '2026-11-22T20:00:00.000Z')`;

  it('a transfer that was slipped in before the others, whether the sequencer came by or not', async () => {
    await withoutTriggers(test, slippedIn);
    expect((await verify()).first).toMatchObject({ kind: 'inserted', transferId: 'slipped-in' });
    await sealStragglers(test.db, minutes(7));
    await sealTransfers(test.db, minutes(7));
    const { first, unsealed } = await verify();
    expect(unsealed).toBe(0);
    expect(first).toMatchObject({ kind: 'inserted', transferId: 'slipped-in', seal: '4', place: '11' });
  });

  it('two transfers that changed places', async () => {
    const swap = [
      `UPDATE "Transfer" SET "id" = 'x' WHERE "id" = 'hold-a'`,
      `UPDATE "Transfer" SET "id" = 'hold-a' WHERE "id" = 'hold-c'`,
      `UPDATE "Transfer" SET "id" = 'hold-c' WHERE "id" = 'x'`,
    ];
    await withoutTriggers(test, swap.join('; '));
    const { differences } = await verify();
    expect(differences).toEqual([
      { kind: 'changed', seal: '2', place: '3', transferId: 'hold-a' },
      { kind: 'changed', seal: '3', place: '7', transferId: 'hold-c' },
    ]);
  });

  it('seals that were changed, removed or exchanged', async () => {
    const acts: Record<string, { sql: string; kind: string; seal: string }> = {
      'a later time': {
        sql: `UPDATE "LedgerSeal" SET "sealedAt" = '2026-11-23T03:00:00.000Z' WHERE "number" = 2`,
        kind: 'seal_changed',
        seal: '2',
      },
      'another count': {
        sql: `UPDATE "LedgerSeal" SET "through" = 7 WHERE "number" = 2`,
        kind: 'seal_changed',
        seal: '2',
      },
      'no list': {
        sql: `UPDATE "LedgerSeal" SET "transferIds" = '{' WHERE "number" = 2`,
        kind: 'seal_changed',
        seal: '2',
      },
      'a seal less': { sql: `DELETE FROM "LedgerSeal" WHERE "number" = 2`, kind: 'removed', seal: '2' },
      'two seals exchanged': {
        sql: `UPDATE "LedgerSeal" SET "number" = 9 WHERE "number" = 2; UPDATE "LedgerSeal" SET "number" = 2 WHERE "number" = 3;
          UPDATE "LedgerSeal" SET "number" = 3 WHERE "number" = 9`,
        kind: 'reordered',
        seal: '2',
      },
    };
    const kept = await test.db.ledgerSeal.findMany();
    for (const [act, { sql, kind, seal }] of Object.entries(acts)) {
      await withoutTriggers(test, sql);
      expect((await verify()).first, act).toMatchObject({ kind, seal });
      await withoutTriggers(test, 'DELETE FROM "LedgerSeal"');
      await test.db.ledgerSeal.createMany({ data: kept });
    }
    expect((await verify()).ok).toBe(true);
  });
});
