import { expect, it } from 'vitest';
import { openTestDatabase } from '@/lib/database/testing';
import { runCampaign } from '../campaign';
import { keptSeeds } from '../seeds';
import { ledgerCampaign } from './campaign';

it('the ledger answers random requests as its model does, one by one and many at once', async () => {
  const { failures, tally } = await runCampaign(ledgerCampaign, {
    openDatabase: openTestDatabase,
    seeds: keptSeeds('ledger'),
    seed: 1_000,
    commands: 700,
  });
  expect(failures).toEqual([]);
  // Random units that were all refused would test nothing.
  expect(tally.seen.get('posted')).toBeGreaterThan(100);
}, 180_000);
