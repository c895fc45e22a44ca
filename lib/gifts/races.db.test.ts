import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { DAY_MS } from '@/lib/kernel';
import { audit } from '@/lib/ledger';
import { claimGift } from './claim-gift';
import { returnUnclaimedGifts, revokeGift } from './end-gift';
import { resendGift } from './send-again';
import { claimBy, giftContext, later, sendGift, sendGifts, type TestGifts } from './testing';

let test: TestDatabase;
let context: TestGifts;

beforeAll(async () => {
  test = await openTestDatabase();
  context = await giftContext(test.db);
});
afterAll(async () => {
  const { differences } = await audit(test.db);
  await test.close();
  expect(differences).toEqual([]);
});

const ROUNDS = 25;

/** What the gift and its card say of how it ended, which must be one story. */
async function storyOf(giftId: string) {
  const gift = await test.db.gift.findUniqueOrThrow({ where: { id: giftId }, include: { card: true } });
  const bound = await test.db.cardEvent.count({ where: { cardId: gift.cardId, kind: 'bound' } });
  const owner = gift.state === 'claimed' ? gift.claimedById : gift.senderId;
  expect(gift.card).toMatchObject({ state: 'active', holderId: owner });
  expect(bound).toBe(1);
  return gift.state;
}

it('of people who claim at the same moment one gets it, and the others are told', async () => {
  const gifts = await sendGifts(context, { count: ROUNDS });
  for (const { id } of gifts) {
    const claims = await Promise.all(Array.from({ length: 4 }, () => claimBy(context, id)));
    const results = await Promise.all(claims.map((claim) => claimGift(context, claim)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const told = results.flatMap((result) => (result.ok ? [] : [result.refusal.code]));
    expect(told).toEqual(['claimed', 'claimed', 'claimed']);
    expect(await storyOf(id)).toBe('claimed');
  }
});

it('one person who presses twice claims once', async () => {
  for (const { id } of await sendGifts(context, { count: ROUNDS })) {
    const claim = await claimBy(context, id);
    const results = await Promise.all([claimGift(context, claim), claimGift(context, claim)]);
    const codes = results.map((result) => (result.ok ? 'ok' : result.refusal.code)).toSorted();
    expect(codes).toEqual(['already_yours', 'ok']);
    expect(await storyOf(id)).toBe('claimed');
  }
});

it('a claim, a revocation, a new link and the return at the same moment are decided once', async () => {
  const ends: Record<string, number> = {};
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    const gift = await sendGift(context);
    const end = later(context, 90 * DAY_MS);
    const claim = await claimBy(context, gift.id);
    const wish = { giftId: gift.id, senderId: gift.senderId };
    const acts = [
      async () => (await claimGift(context, claim)).ok && 'claimed',
      async () => (await revokeGift(context, wish)).ok && 'revoked',
      async () => {
        await returnUnclaimedGifts(end);
        return false;
      },
      async () => (await resendGift(context, wish)).ok && false,
    ];
    // Another goes first each time.
    const turned = acts.map((_, index) => acts[(index + round) % acts.length]);
    const results = await Promise.all(turned.map((act) => act?.()));
    const said = results.filter((result) => typeof result === 'string');
    const state = await storyOf(gift.id);
    expect(said.length).toBeLessThanOrEqual(1);
    expect(state).toBe(said[0] ?? 'returned');
    ends[state] = (ends[state] ?? 0) + 1;
    expect(await claimGift(context, claim)).toMatchObject({ ok: false });
  }
  expect(Object.keys(ends).length).toBeGreaterThan(1);
});

it('a gift returns once, however many workers find it', async () => {
  const gifts = await sendGifts(context, { count: 10 });
  const end = later(context, 90 * DAY_MS);
  await Promise.all(Array.from({ length: 4 }, () => returnUnclaimedGifts(end)));
  for (const { id } of gifts) expect(await storyOf(id)).toBe('returned');
  const told = await test.db.outboxMessage.findMany({ where: { topic: 'gift.returned' } });
  for (const { id } of gifts) expect(told.filter(({ payload }) => payload.includes(id))).toHaveLength(1);
});
