import { describe, expect, it } from 'vitest';
import { openTestDatabase } from '@/lib/database/testing';
import { runCampaign } from '../campaign';
import { checkoutCampaign } from './campaign';

describe('checkout and its model', () => {
  it('answer random requests alike, and racing requests lawfully', async () => {
    const { failures, tally } = await runCampaign(checkoutCampaign, {
      openDatabase: openTestDatabase,
      seed: Number(process.env.SEED ?? 1),
      commands: Number(process.env.COMMANDS ?? 400),
    });
    console.log(tally.commands, Object.fromEntries(tally.seen));
    expect(failures.map(({ seed, message }) => `seed ${seed}: ${message}`)).toEqual([]);
  });
});
