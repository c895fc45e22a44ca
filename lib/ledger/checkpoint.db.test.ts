import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import {
  type Checkpoint,
  post,
  readCheckpoint,
  sealLine,
  sealTransfers,
  signCheckpoint,
  transferLine,
  verifySeals,
} from './index';
import type { ChainHead } from './seal-dialect';
import { appendSeal, chainHead, sealedRows } from './seal-store';
import { ledgerWith, minutes, withoutTriggers } from './testing';

const seed = randomBytes(32);

let test: TestDatabase;
let folder: string;
let checkpoint: Checkpoint;

beforeEach(async () => {
  test = await openTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'kabao-checkpoint-'));
  const { merchant, cards } = await ledgerWith(test.db, [10_000n, 5_000n]);
  await sealTransfers(test.db, minutes(1));
  const [card] = cards;
  if (!card) throw new Error('a card was made');
  const spend = { movement: 'spend', debit: card, credit: merchant, reference: 'pay "1" 卡包' } as const;
  await post(test.db, [{ type: 'post', id: 'spend-1', amountMinor: 700n, ...spend }], minutes(2));
  await post(test.db, [{ type: 'post', id: 'spend-2', amountMinor: 300n, ...spend }], minutes(3));
  await sealTransfers(test.db, minutes(4));
  checkpoint = await exported('first');
});

afterEach(async () => {
  await test.close();
  rmSync(folder, { recursive: true });
});

/** Writes what `ledger:checkpoint` writes: NAME.json and NAME.ndjson. */
async function exported(name: string): Promise<Checkpoint> {
  const lines: string[] = [];
  const report = await verifySeals(test.db, {
    now: minutes(9),
    onSeal: async (seal, rows) => void lines.push(...rows.map(transferLine), sealLine(seal)),
  });
  const signed = signCheckpoint(report, seed, minutes(9));
  write(`${name}.json`, JSON.stringify(signed));
  write(`${name}.ndjson`, `${lines.join('\n')}\n`);
  return signed;
}

const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** The published script, as an auditor runs it. */
function check(...files: string[]): { ok: boolean; said: string } {
  const [signed = '', transfers] = files.map((name) => join(folder, name));
  const args = ['--checkpoint', signed, ...(transfers ? ['--transfers', transfers] : [])];
  const run = spawnSync(
    process.execPath,
    ['scripts/verify-checkpoint.mjs', ...args, '--key', checkpoint.publicKey],
    { encoding: 'utf8' },
  );
  return { ok: run.status === 0, said: run.stdout + run.stderr };
}

const verifyAgainst = ({ seal, chain }: Checkpoint) =>
  verifySeals(test.db, { now: minutes(9), checkpoints: [{ seal: BigInt(seal), chain }] });

describe('a checkpoint', () => {
  it('fits the ledger and its export, also after the ledger went on', async () => {
    expect(checkpoint).toMatchObject({ seal: '2', transfers: '4' });
    expect(check('first.json', 'first.ndjson')).toMatchObject({ ok: true });
    expect(await verifyAgainst(checkpoint)).toMatchObject({ ok: true });
    const payment = { id: 'card-1', kind: 'card' } as const;
    const merchant = { id: 'merchant-1', kind: 'merchantPayable' } as const;
    await post(
      test.db,
      [
        {
          type: 'post',
          id: 's-3',
          movement: 'spend',
          debit: payment,
          credit: merchant,
          amountMinor: 1n,
          reference: 'x',
        },
      ],
      minutes(5),
    );
    await sealTransfers(test.db, minutes(6));
    await exported('second');
    expect(await verifyAgainst(checkpoint)).toMatchObject({ ok: true, sealed: 5 });
    expect(check('first.json', 'second.ndjson')).toMatchObject({ ok: true });
  });

  it('is not signed by whoever changes a word of it, and not by another key', () => {
    const changes: Partial<Checkpoint>[] = [
      { transfers: '3' },
      { chain: checkpoint.chain.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) },
      { signedAt: minutes(8).toISOString() },
      { sealedAt: minutes(8).toISOString() },
      { seal: '1' },
    ];
    for (const change of changes) {
      const text = JSON.stringify({ ...checkpoint, ...change });
      expect(readCheckpoint(text, seed)).toMatchObject({ refusal: { code: 'signature_wrong' } });
      write('changed.json', text);
      expect(check('changed.json')).toMatchObject({ ok: false });
    }
    expect(readCheckpoint(JSON.stringify(checkpoint), seed)).toMatchObject({ ok: true });
    expect(readCheckpoint(JSON.stringify(checkpoint), randomBytes(32))).toMatchObject({
      refusal: { code: 'another_key' },
    });
    expect(readCheckpoint('{}', seed)).toMatchObject({ refusal: { code: 'not_a_checkpoint' } });
  });

  it('does not fit an export that is changed, short, longer or in another order', () => {
    const lines = read('first.ndjson').trimEnd().split('\n');
    const [first = '', second = '', third = '', fourth = '', ...rest] = lines;
    const forged: Record<string, string[]> = {
      'a changed amount': lines.map((line) => line.replace('"700"', '"701"')),
      'a removed transfer': lines.filter((line) => !line.includes('spend-1')),
      'an added transfer': [first, first, second, third, fourth, ...rest],
      'two transfers exchanged': [first, second, third, rest[0] ?? '', fourth, ...rest.slice(1)],
      'no last seal': lines.slice(0, -1),
      'no line': ['nothing'],
    };
    for (const [what, content] of Object.entries(forged)) {
      write('forged.ndjson', `${content.join('\n')}\n`);
      expect(check('first.json', 'forged.ndjson'), what).toMatchObject({ ok: false });
    }
  });

  it('gives away whoever changes a transfer and seals everything anew', async () => {
    await withoutTriggers(test, `UPDATE "Transfer" SET "amount" = 70 WHERE "id" = 'spend-1'`);
    const seals = await test.db.ledgerSeal.findMany({ orderBy: { number: 'asc' } });
    await withoutTriggers(test, 'DELETE FROM "LedgerSeal"');
    let head: ChainHead | null = await chainHead(test.db);
    for (const { transferIds, position, sealedAt } of seals) {
      const ids: string[] = JSON.parse(transferIds);
      const byId = await sealedRows(test.db, ids);
      const rows = ids.map((id) => byId.get(id) ?? []);
      head = head && (await appendSeal(test.db, head, { rows, position, now: sealedAt }));
    }
    // By itself the new chain is flawless.
    expect(await verifySeals(test.db, { now: minutes(9) })).toMatchObject({ ok: true, seals: 2, sealed: 4 });
    expect((await verifyAgainst(checkpoint)).first).toMatchObject({ kind: 'checkpoint_differs', seal: '2' });
    await exported('forged');
    expect(check('forged.json', 'forged.ndjson')).toMatchObject({ ok: true });
    expect(check('first.json', 'forged.ndjson')).toMatchObject({ ok: false });
  });

  it('gives away whoever cuts the end off the ledger', async () => {
    await withoutTriggers(
      test,
      `DELETE FROM "LedgerSeal" WHERE "number" = 2; DELETE FROM "Transfer" WHERE "id" LIKE 'spend-%'`,
    );
    expect(await verifySeals(test.db, { now: minutes(9) })).toMatchObject({ ok: true, sealed: 2 });
    expect((await verifyAgainst(checkpoint)).first).toMatchObject({ kind: 'checkpoint_differs', seal: '2' });
  });
});
