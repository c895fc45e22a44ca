import { expect, it } from 'vitest';
import { openTestDatabase } from '@/lib/database/testing';
import { runCampaign } from '../campaign';
import { keptSeeds } from '../seeds';
import { livesCampaign } from './campaign';
import { notReached } from './drawn';

it('cards live as they are drawn', async () => {
  const { failures, tally } = await runCampaign(livesCampaign, {
    openDatabase: openTestDatabase,
    seeds: keptSeeds('lives'),
    seed: 1_000,
    commands: 300,
  });
  expect(failures.map(({ message }) => message).join('\n')).toBe('');
  console.log(notReached(tally.seen), tally.seen);
}, 180_000);
