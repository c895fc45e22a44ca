import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase } from '@/lib/database/testing';
import { runCampaign, Tally } from '../campaign';
import { keptSeeds } from '../seeds';
import { type LivesBench, openLivesBench } from './bench';
import { livesCampaign } from './campaign';
import { notReached } from './drawn';
import { TOLD, tell } from './told';

const tally = new Tally();
let bench: LivesBench;

beforeAll(async () => {
  bench = await openLivesBench(await openTestDatabase(), tally);
});
afterAll(() => bench.close());

it.each(Object.keys(TOLD))('%s: every answer and every amount is as the model says', async (title) => {
  const { model, real } = await bench.begin();
  await tell(TOLD[title] ?? [], model, real);
  await bench.finish({ model, real });
});

it('these lives together take every transition that is drawn', () => {
  expect(notReached(tally.seen)).toEqual([]);
});

it('random lives go as the model says, and only along what is drawn', async () => {
  const { failures } = await runCampaign(livesCampaign, {
    openDatabase: openTestDatabase,
    seeds: keptSeeds('lives'),
    seed: 1_000,
    commands: 50,
  });
  expect(failures).toEqual([]);
}, 180_000);
