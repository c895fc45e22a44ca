import { expect, it } from 'vitest';
import { openTestDatabase } from '@/lib/database/testing';
import { runCampaign } from '../campaign';
import { keptSeeds } from '../seeds';
import { checkoutCampaign } from './campaign';

it('checkout does what its model predicts, and keeps its invariants when requests race', async () => {
  const { failures, tally } = await runCampaign(checkoutCampaign, {
    openDatabase: openTestDatabase,
    seeds: keptSeeds('checkout'),
    seed: 1_000,
    commands: 250,
  });
  expect(failures).toEqual([]);
  // Not a test of refusals alone.
  expect(tally.seen.get('pay: paid')).toBeGreaterThan(5);
  expect(tally.seen.get('refund: refund SUCCEEDED')).toBeGreaterThan(2);
}, 180_000);
