import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { HOUR_MS, MINUTE_MS } from '@/lib/kernel';
import { claimGift } from './claim-gift';
import { proveCode, requestCode } from './prove-phone';
import { changeRecipient } from './send-again';
import { claimBy, deliverAll, emailTo, giftContext, later, sendGift, type TestGifts } from './testing';

let test: TestDatabase;
let context: TestGifts;

beforeAll(async () => {
  test = await openTestDatabase();
  context = await giftContext(test.db);
});
afterAll(() => test.close());

const PHONE = '138 0013 8000';

/** A gift for the owner of a phone, and somebody with its link who has asked for a code. */
async function asked(phone = PHONE) {
  const recipients = [{ ...emailTo('friend@example.test'), phone: '+8613800138000' }];
  const gift = await sendGift(context, { recipients });
  const claim = await claimBy(context, gift.id);
  const answer = await requestCode(context, { ...claim, phone });
  await deliverAll(context);
  const sent = context.sent.filter(({ what }) => what.kind === 'code').at(-1);
  return { gift, claim, answer, code: sent?.what.kind === 'code' ? sent.what.code : '', to: sent?.to };
}

it('a gift for the owner of a phone is claimed by who proves it', async () => {
  const { claim, answer, code, to } = await asked();
  expect(answer).toMatchObject({ ok: true });
  expect(to).toBe('+8613800138000');
  expect(code).toMatch(/^\d{6}$/);
  expect(await claimGift(context, claim)).toMatchObject({ refusal: { code: 'phone_not_proved' } });
  expect(await proveCode(context, { ...claim, code: ` ${code.slice(0, 3)} ${code.slice(3)}` })).toMatchObject(
    {
      ok: true,
    },
  );
  expect(await claimGift(later(context, HOUR_MS), claim)).toMatchObject({
    refusal: { code: 'phone_not_proved' },
  });
  expect(await claimGift(later(context, 29 * MINUTE_MS), claim)).toMatchObject({ ok: true });
});

it('no other number gets a message, and its owner is told that the gift is for somebody else', async () => {
  const before = context.sent.length;
  const { answer } = await asked('139 0013 8000');
  expect(answer).toMatchObject({ refusal: { code: 'wrong_person' } });
  expect(context.sent.slice(before).map(({ what }) => what.kind)).toEqual(['gift']);
});

it('what one person proved helps nobody else, and nobody after the gift went to somebody else', async () => {
  const { gift, claim, code } = await asked();
  await proveCode(context, { ...claim, code });
  const other = await claimBy(context, gift.id);
  expect(await claimGift(context, other)).toMatchObject({ refusal: { code: 'phone_not_proved' } });
  const at = later(context, MINUTE_MS);
  const recipient = { ...emailTo('else@example.test'), phone: '+8613900139000' };
  await changeRecipient(at, { giftId: gift.id, senderId: gift.senderId, recipient });
  const again = await claimBy(context, gift.id, claim.userId);
  expect(await claimGift(at, again)).toMatchObject({ refusal: { code: 'phone_not_proved' } });
});

it('a code is tried five times, is good for five minutes and proves once', async () => {
  const { claim, code } = await asked();
  const wrong = code === '000000' ? '000001' : '000000';
  const guesses = Array.from({ length: 12 }, () => proveCode(context, { ...claim, code: wrong }));
  for (const guess of await Promise.all(guesses)) {
    expect(guess).toMatchObject({ refusal: { code: 'code_wrong' } });
  }
  expect(await proveCode(context, { ...claim, code })).toMatchObject({ refusal: { code: 'code_wrong' } });

  const late = await asked();
  const expired = later(context, 5 * MINUTE_MS);
  expect(await proveCode(expired, { ...late.claim, code: late.code })).toMatchObject({ ok: false });

  const used = await asked();
  expect(await proveCode(context, { ...used.claim, code: used.code })).toMatchObject({ ok: true });
  expect(await proveCode(context, { ...used.claim, code: used.code })).toMatchObject({ ok: false });
});

it('a new code replaces the one before, and asking for many waits', async () => {
  const { claim, code, gift } = await asked();
  const answers: boolean[] = [];
  for (let press = 0; press < 5; press += 1) {
    answers.push((await requestCode(context, { ...claim, phone: PHONE })).ok);
  }
  expect(answers).toEqual([true, true, false, false, false]);
  expect(await proveCode(context, { ...claim, code })).toMatchObject({ ok: false });
  await deliverAll(context);
  const proofs = await test.db.giftPhoneProof.findMany({ where: { giftId: gift.id, triesLeft: { gt: 0 } } });
  expect(proofs).toHaveLength(1);
});
