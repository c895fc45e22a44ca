import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase } from '@/lib/database/testing';
import { runCampaign, Tally } from '../campaign';
import { keptSeeds } from '../seeds';
import { livesCampaign } from './campaign';
import { type LivesHarness, openLivesHarness } from './harness';
import { LIFE_SCRIPTS, playScript } from './scripts';
import { notReached } from './transitions';

const tally = new Tally();
let harness: LivesHarness;

beforeAll(async () => {
  harness = await openLivesHarness(await openTestDatabase(), tally);
});
afterAll(() => harness.close());

it.each(Object.keys(LIFE_SCRIPTS))(
  '%s: every answer and every amount is as the model says',
  async (title) => {
    const { model, real } = await harness.begin();
    await playScript(LIFE_SCRIPTS[title] ?? [], model, real);
    await harness.finish({ model, real });
  },
);

it('these lives together take every documented transition', () => {
  expect(notReached(tally.seen)).toEqual([]);
});

it('random lives go as the model says, and take only documented transitions', async () => {
  const { failures } = await runCampaign(livesCampaign, {
    openDatabase: openTestDatabase,
    seeds: keptSeeds('lives'),
    seed: 1_000,
    commands: 50,
  });
  expect(failures).toEqual([]);
}, 180_000);
