import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { audit } from '@/lib/ledger';
import { bindCard } from './bind-card';
import { importCards } from './import-cards';
import { CARDS_PER_UNIT } from './insert-cards';
import type { CardContext } from './issue-cards';
import { numberHmac } from './lookup';
import { generatePassword } from './password';
import { addShopper, cardContext, issueTestCards } from './testing';

let fixture: TestDatabase;
let context: CardContext;
let drawn = 88_000_000;

beforeAll(async () => {
  fixture = await openTestDatabase();
  context = await cardContext(fixture.db);
});
afterAll(() => fixture.close());

const HEADER = 'number,password,balanceMinor,expiresAt,programme';

function line(
  change: { number?: string; password?: string; balance?: string; programme?: string } = {},
): string {
  drawn += 1;
  const { number = String(drawn), password = generatePassword(), balance = '5000', programme = '' } = change;
  return [number, password, balance, programme === 'zhenxiang' ? '' : '2029-11-30', programme].join(',');
}

const importLines = (lines: readonly string[], options = {}) =>
  importCards(context, [HEADER, ...lines].join('\n'), options);

async function bind(text: string) {
  const [number = '', password = ''] = text.split(',');
  const userId = await addShopper(fixture.db);
  return bindCard(context, { number, password, userId, network: userId, device: null });
}

async function cardOfLine(text: string) {
  const { hmac } = numberHmac(context.keys.number, text.split(',')[0] ?? '');
  return fixture.db.card.findUnique({
    where: { numberHmac: hmac },
    include: { account: true, events: true },
  });
}

test('cards from paper have their balance, and are bound with long and short passwords', async () => {
  const lines = [
    line(),
    line({ password: '736105' }),
    line({ balance: '0' }),
    line({ programme: 'zhenxiang' }),
  ];
  const result = await importLines(lines);
  expect(result).toMatchObject({ ok: true, value: { count: 4, totalMinor: 15_000n } });
  expect(result.ok && result.value.batches.map(({ programmeId, count }) => [programmeId, count])).toEqual([
    ['zhenxiang', 1],
    ['laoyou', 3],
  ]);
  const [long, short, empty, named] = await Promise.all(lines.map(cardOfLine));
  expect(long).toMatchObject({ passwordScheme: 'hmac', state: 'active', faceMinor: 5_000n });
  expect(long?.account).toMatchObject({ creditsPosted: 5_000n });
  expect(long?.events).toMatchObject([{ kind: 'imported' }]);
  expect(long?.expiresAt).toEqual(new Date('2029-11-30T16:00:00.000Z'));
  expect(short).toMatchObject({ passwordScheme: 'argon2id' });
  expect(empty?.account).toMatchObject({ creditsPosted: 0n });
  expect(named).toMatchObject({ programmeId: 'zhenxiang', expiresAt: null });
  for (const text of lines) expect(await bind(text)).toMatchObject({ ok: true });
  expect(await audit(fixture.db)).toMatchObject({ ok: true, differences: [] });
});

test('a file with one bad line imports nothing, and every bad line is told', async () => {
  const lines = [line(), line({ balance: '1.5' }), line(), line({ number: '12' })];
  expect(await importLines(lines)).toEqual({
    ok: false,
    refusal: {
      code: 'lines_refused',
      problems: [
        { line: 3, problem: { code: 'balance_format' } },
        { line: 5, problem: { code: 'number_format' } },
      ],
    },
  });
  expect(await Promise.all(lines.map(cardOfLine))).toEqual([null, null, null, null]);
});

test('a number that exists is told beside everything else, and the same file is refused the second time', async () => {
  const [issued] = await issueTestCards(context, { count: 1 });
  const known = line({ number: issued?.number ?? '', balance: 'x' });
  expect(await importLines([known])).toMatchObject({
    refusal: {
      problems: [
        { line: 2, problem: { code: 'balance_format' } },
        { line: 2, problem: { code: 'number_exists' } },
      ],
    },
  });
  const lines = [line(), line()];
  expect(await importLines(lines)).toMatchObject({ ok: true });
  expect(await importLines(lines)).toMatchObject({
    refusal: {
      problems: [
        { line: 2, problem: { code: 'number_exists' } },
        { line: 3, problem: { code: 'number_exists' } },
      ],
    },
  });
});

test('an import that fails in the middle leaves nothing behind', async () => {
  const lines = Array.from({ length: CARDS_PER_UNIT + 5 }, () => line());
  const before = await countAll();
  const phases: number[] = [];
  const onProgress = (phase: string, done: number) => {
    if (phase === 'cards') phases.push(done);
    if (done > CARDS_PER_UNIT && phase === 'cards') throw new Error('power cut');
  };
  await expect(importLines(lines, { onProgress })).rejects.toThrow('power cut');
  expect(phases).toEqual([CARDS_PER_UNIT, CARDS_PER_UNIT + 5]);
  expect(await countAll()).toEqual(before);
  expect(await importLines(lines)).toMatchObject({ ok: true, value: { count: CARDS_PER_UNIT + 5 } });
});

test('two imports of the same file at once import it once', async () => {
  const lines = Array.from({ length: 20 }, () => line());
  const before = await countAll();
  const results = await Promise.all([importLines(lines), importLines(lines)]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  const loser = results.find(({ ok }) => !ok);
  expect(loser).toMatchObject({
    refusal: { problems: lines.map(() => ({ problem: { code: 'number_exists' } })) },
  });
  expect((await countAll()).cards).toBe(before.cards + 20);
  expect(await audit(fixture.db)).toMatchObject({ ok: true, differences: [] });
});

test('a trial run checks everything and writes nothing', async () => {
  const before = await countAll();
  expect(await importLines([line(), line()], { dryRun: true })).toMatchObject({ value: { count: 2 } });
  expect(await countAll()).toEqual(before);
});

async function countAll() {
  const { card, account, transfer, cardBatch, cardEvent } = fixture.db;
  const [cards, accounts, transfers, batches, events] = await Promise.all([
    card.count(),
    account.count(),
    transfer.count(),
    cardBatch.count(),
    cardEvent.count(),
  ]);
  return { cards, accounts, transfers, batches, events };
}
