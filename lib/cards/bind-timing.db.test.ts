import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { bindCard } from './bind-card';
import { GUESS_KINDS, type GuessKind, makeGuesses } from './testing';

let fixture: TestDatabase;
beforeAll(async () => {
  fixture = await openTestDatabase();
});
afterAll(() => fixture.close());

const ROUNDS = 25;

// `npx tsx bench/bind-timing.ts` shows the distributions of the time that passes. Here the processor's time is compared,
// which other programs do not change: without the work for the other scheme the medians lie apart by a factor of three.
test('a wrong guess costs the same work whatever is wrong about it', async () => {
  const next = await makeGuesses(fixture.db);
  const times = new Map<GuessKind, number[]>(GUESS_KINDS.map((kind) => [kind, []]));
  for (let round = -2; round < ROUNDS; round += 1) {
    for (const kind of GUESS_KINDS) {
      const { context, attempt } = await next(kind);
      const before = process.cpuUsage();
      const result = await bindCard(context, attempt);
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) times.get(kind)?.push(user + system);
      expect(result).toEqual({ ok: false, refusal: { code: 'no_match' } });
    }
  }
  const medians = GUESS_KINDS.map(
    (kind) => times.get(kind)?.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0,
  );
  expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1.7);
});
