import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardOf } from '@/lib/cards';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/kernel';
import { audit } from '@/lib/ledger';
import { claimGift } from './claim-gift';
import { openGift } from './open-gift';
import { hashPassphrase } from './passphrase';
import { changeRecipient, resendGift } from './send-again';
import {
  addShopper,
  claimBy,
  deliverAll,
  emailTo,
  giftContext,
  later,
  sendGift,
  type TestGifts,
  tokenOf,
  wrapGifts,
} from './testing';
import { offeredGift } from './views';

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

const rowOf = (id: string) => test.db.gift.findUniqueOrThrow({ where: { id } });

describe('a claim', () => {
  it('activates the card and puts it into the wallet with all its value, valid from now on', async () => {
    const gift = await sendGift(context);
    const claim = await claimBy(context, gift.id);
    const at = later(context, 10 * DAY_MS);
    const kept = { sealedNumber: 'kept by an earlier version', sealedPassword: 'kept' };
    await test.db.card.update({ where: { id: gift.cardId }, data: kept });
    expect(await claimGift(at, claim)).toEqual({ ok: true, value: { giftId: gift.id, cardId: gift.cardId } });
    const card = await cardOf(at, claim.userId, gift.cardId);
    expect(card).toMatchObject({ usableMinor: 10_000n, status: 'usable', boundAt: at.now });
    expect(await test.db.card.findUnique({ where: { id: gift.cardId } })).toMatchObject({
      sealedNumber: null,
      sealedPassword: null,
    });
    expect(card?.expiresAt?.getTime()).toBeGreaterThan(at.now.getTime() + 36 * 30 * DAY_MS);
    expect(await rowOf(gift.id)).toMatchObject({
      state: 'claimed',
      claimedById: claim.userId,
      claimedAt: at.now,
      openedAt: at.now,
    });
    const kinds = await test.db.cardEvent.findMany({
      where: { cardId: gift.cardId },
      orderBy: { id: 'asc' },
    });
    expect(kinds.map(({ kind }) => kind)).toEqual(['issued', 'activated', 'bound']);
  });

  it('by the one who has it already leads to it, by anybody else is told that it is gone', async () => {
    const gift = await sendGift(context);
    const claim = await claimBy(context, gift.id);
    await claimGift(context, claim);
    expect(await claimGift(context, claim)).toMatchObject({ refusal: { code: 'already_yours' } });
    const other = await claimBy(context, gift.id);
    expect(await claimGift(context, other)).toMatchObject({ refusal: { code: 'claimed' } });
  });

  it('does not ask to whom the mail went', async () => {
    const gift = await sendGift(context, { recipients: [emailTo('somebody@example.test')] });
    const stranger = await addShopper(test.db);
    await test.db.user.update({ where: { id: stranger }, data: { email: 'else@example.test' } });
    expect(await claimGift(context, await claimBy(context, gift.id, stranger))).toMatchObject({ ok: true });
  });

  it('is refused to the sender, before the time of delivery, and after the last day', async () => {
    const gift = await sendGift(context);
    const own = await claimBy(context, gift.id, gift.senderId);
    expect(await claimGift(context, own)).toMatchObject({ refusal: { code: 'own_gift' } });
    const late = await claimBy(context, gift.id);
    expect(await claimGift(later(context, 90 * DAY_MS), late)).toMatchObject({
      refusal: { code: 'returned' },
    });
    const [scheduled] = await wrapGifts(context, { deliver: { day: '2026-12-24', minutes: 600 } });
    const early = await claimBy(context, scheduled?.id ?? '');
    expect(await claimGift(context, early)).toMatchObject({ refusal: { code: 'not_yet' } });
  });

  it('of a card that support has closed is refused, and closes nothing else', async () => {
    const gift = await sendGift(context);
    await test.db.card.update({ where: { id: gift.cardId }, data: { state: 'closed' } });
    expect(await claimGift(context, await claimBy(context, gift.id))).toMatchObject({
      refusal: { code: 'card_unavailable' },
    });
    expect(await rowOf(gift.id)).toMatchObject({ state: 'sent', claimedById: null });
  });
});

describe('a passphrase', () => {
  const withPassphrase = async () =>
    sendGift(context, { passphraseHash: await hashPassphrase('老地方 Café') });

  it('lets in who was told it, however it is written', async () => {
    const gift = await withPassphrase();
    const claim = await claimBy(context, gift.id);
    expect(await claimGift(context, claim)).toMatchObject({ refusal: { code: 'passphrase_wrong' } });
    const told = { ...claim, passphrase: ' 老地方ＣＡＦÉ ' };
    expect(await claimGift(context, told)).toMatchObject({ ok: true });
  });

  it('is guessed ten times, from any number of accounts, then the gift waits an hour', async () => {
    const gift = await withPassphrase();
    const answers: string[] = [];
    for (let guess = 0; guess < 40; guess += 1) {
      const claim = await claimBy(context, gift.id);
      // Minutes apart, so that only the lock stops it.
      const at = later(context, guess * 2 * MINUTE_MS);
      const result = await claimGift(at, { ...claim, passphrase: `guess ${guess}` });
      answers.push(result.ok ? 'ok' : result.refusal.code);
    }
    const looked = answers.filter((answer) => answer === 'passphrase_wrong').length;
    expect(looked).toBeLessThanOrEqual(12);
    expect(answers.filter((answer) => answer === 'too_many_tries')).toHaveLength(40 - looked);
    const right = { ...(await claimBy(context, gift.id)), passphrase: '老地方 café' };
    expect(await claimGift(later(context, 5 * HOUR_MS), right)).toMatchObject({ ok: true });
  });
});

describe('a link', () => {
  it('that machines follow a hundred times is neither used up nor opened, and writes nothing', async () => {
    const gift = await sendGift(context);
    const use = { token: await tokenOf(context, gift.id), network: 'crawler', userId: null };
    const before = await rowOf(gift.id);
    const messages = await test.db.outboxMessage.count();
    for (let visit = 0; visit < 100; visit += 1) {
      expect(await offeredGift(context, use)).toMatchObject({ ok: true, value: { isOpened: false } });
    }
    expect(await rowOf(gift.id)).toEqual(before);
    expect(await test.db.outboxMessage.count()).toBe(messages);
    expect(await claimGift(context, await claimBy(context, gift.id))).toMatchObject({ ok: true });
  });

  it('is opened once, and its sender told once, however often a person presses', async () => {
    const gift = await sendGift(context);
    const use = { token: await tokenOf(context, gift.id), network: 'home', userId: null };
    await openGift(context, { ...use, userId: gift.senderId });
    expect((await rowOf(gift.id)).openedAt).toBeNull();
    await Promise.all(Array.from({ length: 8 }, () => openGift(context, use)));
    await openGift(later(context, DAY_MS), use);
    expect((await rowOf(gift.id)).openedAt).toEqual(context.now);
    const told = await test.db.outboxMessage.findMany({ where: { topic: 'gift.opened' } });
    expect(told.filter(({ payload }) => payload.includes(gift.id))).toHaveLength(1);
  });

  it('that leads nowhere answers the same whatever was wrong with it, and slows its network down', async () => {
    const answers: string[] = [];
    for (let guess = 0; guess < 60; guess += 1) {
      const token = guess % 2 ? 'x'.repeat(27) : `short${guess}`;
      const seen = await offeredGift(context, { token, network: 'guesser', userId: null });
      answers.push(seen.ok ? 'ok' : seen.refusal.code);
    }
    expect(answers.slice(0, 31)).toEqual(Array.from({ length: 31 }, () => 'link_dead'));
    expect(answers.slice(31)).toEqual(Array.from({ length: 29 }, () => 'too_many_tries'));
    const gift = await sendGift(context);
    const token = await tokenOf(context, gift.id);
    expect(await offeredGift(context, { token, network: 'elsewhere', userId: null })).toMatchObject({
      ok: true,
    });
  });

  it('is dead once the gift was sent again, or to somebody else, and the new one works', async () => {
    const gift = await sendGift(context);
    const first = await claimBy(context, gift.id);
    await openGift(context, first);
    await resendGift(context, { giftId: gift.id, senderId: gift.senderId });
    const second = await claimBy(context, gift.id);
    const recipient = emailTo('another@example.test');
    await changeRecipient(context, { giftId: gift.id, senderId: gift.senderId, recipient });
    for (const old of [first, second]) {
      expect(await claimGift(context, old)).toMatchObject({ refusal: { code: 'link_dead' } });
    }
    await deliverAll(context);
    const mails = context.sent.filter(({ deliveryId }) => deliveryId.startsWith(gift.id));
    expect(mails.map(({ deliveryId, to }) => [deliveryId, to])).toEqual([
      [`${gift.id}.1.gift`, 'friend0@example.test'],
      [`${gift.id}.3.gift`, 'another@example.test'],
    ]);
    expect(await rowOf(gift.id)).toMatchObject({ state: 'sent', openedAt: null, tokenVersion: 3 });
    expect(await claimGift(context, await claimBy(context, gift.id))).toMatchObject({ ok: true });
  });

  it('is not sent to fill a mailbox', async () => {
    const gift = await sendGift(context);
    const answers: boolean[] = [];
    for (let press = 0; press < 6; press += 1) {
      answers.push((await resendGift(context, { giftId: gift.id, senderId: gift.senderId })).ok);
    }
    expect(answers).toEqual([true, true, true, true, false, false]);
  });
});
