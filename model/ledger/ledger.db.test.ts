import { describe, expect, it } from 'vitest';
import { openTestDatabase } from '@/lib/database/testing';
import { runCampaign } from '../campaign';
import { ledgerCampaign } from './campaign';

describe('the ledger and its model', () => {
  it('answer random requests alike, one by one and all at once', async () => {
    const { failures, tally } = await runCampaign(ledgerCampaign, {
      openDatabase: openTestDatabase,
      seed: Number(process.env.SEED ?? 1),
      commands: Number(process.env.COMMANDS ?? 800),
    });
    console.log(tally.commands, Object.fromEntries(tally.seen));
    expect(failures.map(({ seed, message }) => `seed ${seed}: ${message}`)).toEqual([]);
  });
});
