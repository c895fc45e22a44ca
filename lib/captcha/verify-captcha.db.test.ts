import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../database';
import { openTestDatabase, type TestDatabase } from '../database/testing';
import { HOUR_MS, MINUTE_MS, plusMs } from '../kernel';
import { issueDrawnChallenge, openDrawnChallenge } from './drawn-challenge';
import { forgetCaptchas } from './forget-captchas';
import { createProofOfWork } from './proof-of-work';
import { CAPTCHA_FIELDS } from './schemas';
import { drawnForm, proofForm, solvedForm } from './testing';
import { verifyCaptcha } from './verify-captcha';

const now = new Date('2026-03-01T08:00:00Z');
const key = randomBytes(32);

let opened: TestDatabase;
let db: Database;
beforeAll(async () => {
  opened = await openTestDatabase();
  db = opened.db;
});
afterAll(() => opened.close());

const PASSED = { ok: true, value: undefined };
const refused = (code: string) => ({ ok: false, refusal: { code } });
const contextAt = (ms: number) => ({ db, now: plusMs(now, ms), key });

function payloadOf(form: FormData): { challenge: { parameters: Record<string, unknown> }; solution: object } {
  return JSON.parse(Buffer.from(String(form.get(CAPTCHA_FIELDS.proof)), 'base64').toString());
}

test('a form without any answer is told so', async () => {
  expect(await verifyCaptcha(contextAt(0), new FormData())).toEqual(refused('captcha_missing'));
});

describe('proof of work', () => {
  test('a solved proof passes once, however many send it at the same moment', async () => {
    const form = await solvedForm(await createProofOfWork({ now, key }));
    const answers = await Promise.all(Array.from({ length: 20 }, () => verifyCaptcha(contextAt(1), form)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok)).toEqual(Array(19).fill(refused('captcha_used')));
    expect(await verifyCaptcha(contextAt(MINUTE_MS), form)).toEqual(refused('captcha_used'));
  });

  test('a proof is good for ten minutes and not a moment longer', async () => {
    const form = await solvedForm(await createProofOfWork({ now, key }));
    expect(await verifyCaptcha(contextAt(10 * MINUTE_MS), form)).toEqual(refused('captcha_expired'));
    expect(await verifyCaptcha(contextAt(10 * MINUTE_MS - 1), form)).toEqual(PASSED);
  });

  test('a challenge that another key signed is refused', async () => {
    const form = await solvedForm(await createProofOfWork({ now, key: randomBytes(32) }));
    expect(await verifyCaptcha(contextAt(0), form)).toEqual(refused('captcha_wrong'));
  });

  test.each([
    [
      'a later end',
      { data: { id: 'cap_01jd0000000000000000000000', expiresAt: '2099-01-01T00:00:00.000Z' } },
    ],
    ['less work', { cost: 1 }],
    ['another prefix', { keyPrefix: '00' }],
    ['one more field', { counter: 1 }],
  ])('a challenge that was given %s is refused', async (_, change) => {
    const payload = payloadOf(await solvedForm(await createProofOfWork({ now, key })));
    const parameters = { ...payload.challenge.parameters, ...change };
    const form = proofForm({ ...payload, challenge: { ...payload.challenge, parameters } });
    expect(await verifyCaptcha(contextAt(0), form)).toEqual(refused('captcha_wrong'));
  });

  test('a challenge without its work is refused, and the work can still be done', async () => {
    const challenge = await createProofOfWork({ now, key });
    const solution = { counter: 1, derivedKey: `${challenge.parameters.keyPrefix}${'0'.repeat(32)}` };
    expect(await verifyCaptcha(contextAt(0), proofForm({ challenge, solution }))).toEqual(
      refused('captcha_wrong'),
    );
    expect(await verifyCaptcha(contextAt(0), await solvedForm(challenge))).toEqual(PASSED);
  });

  test.each(['x', 'e30=', 'A'.repeat(5_000), 'bnVsbA=='])(
    'text that is no proof is refused (%#)',
    async (text) => {
      const form = new FormData();
      form.set(CAPTCHA_FIELDS.proof, text);
      expect(await verifyCaptcha(contextAt(0), form)).toEqual(refused('captcha_wrong'));
    },
  );
});

describe('drawn and spoken digits', () => {
  const issue = () => issueDrawnChallenge({ now, key });
  const wrongFor = (token: string) =>
    openDrawnChallenge(token, key)?.digits === '00000' ? '11111' : '00000';

  test('the right digits pass once, however many send them at the same moment', async () => {
    const form = drawnForm(issue(), { key });
    const answers = await Promise.all(Array.from({ length: 20 }, () => verifyCaptcha(contextAt(1), form)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok)).toEqual(Array(19).fill(refused('captcha_used')));
  });

  test('three wrong answers close a picture, also for the right digits', async () => {
    const token = issue();
    const wrong = drawnForm(token, { key, digits: wrongFor(token) });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await verifyCaptcha(contextAt(attempt), wrong)).toEqual(refused('captcha_wrong'));
    }
    expect(await verifyCaptcha(contextAt(3), wrong)).toEqual(refused('captcha_used'));
    expect(await verifyCaptcha(contextAt(4), drawnForm(token, { key }))).toEqual(refused('captcha_used'));
  });

  test('a hundred guesses at the same moment get three answers', async () => {
    const token = issue();
    const guesses = Array.from({ length: 100 }, () => drawnForm(token, { key, digits: wrongFor(token) }));
    const answers = await Promise.all(guesses.map((form) => verifyCaptcha(contextAt(0), form)));
    const codes = answers.map((answer) => (answer.ok ? 'passed' : answer.refusal.code));
    expect(codes.filter((code) => code === 'captcha_wrong')).toHaveLength(3);
    expect(codes.filter((code) => code === 'captcha_used')).toHaveLength(97);
  });

  test('after two wrong answers the right one still passes', async () => {
    const token = issue();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await verifyCaptcha(contextAt(0), drawnForm(token, { key, digits: wrongFor(token) }));
    }
    expect(await verifyCaptcha(contextAt(1), drawnForm(token, { key }))).toEqual(PASSED);
  });

  test('digits are good for five minutes and not a moment longer', async () => {
    const form = drawnForm(issue(), { key });
    expect(await verifyCaptcha(contextAt(5 * MINUTE_MS), form)).toEqual(refused('captcha_expired'));
    expect(await verifyCaptcha(contextAt(5 * MINUTE_MS - 1), form)).toEqual(PASSED);
  });

  test('spaces and full-width digits are what a person means by them', async () => {
    const token = issue();
    const digits = openDrawnChallenge(token, key)?.digits ?? '';
    const typed = [...digits].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(' ');
    expect(await verifyCaptcha(contextAt(0), drawnForm(token, { key, digits: typed }))).toEqual(PASSED);
  });

  test('a token that is not ours, or was bent, is refused', async () => {
    const foreign = issueDrawnChallenge({ now, key: randomBytes(32) });
    const bent = Buffer.from(issue(), 'base64url');
    bent.writeUInt8(bent.readUInt8(40) ^ 1, 40);
    for (const token of [foreign, bent.toString('base64url'), '', 'x'.repeat(500)]) {
      expect(await verifyCaptcha(contextAt(0), drawnForm(token, { key, digits: '12345' }))).toEqual(
        refused('captcha_wrong'),
      );
    }
  });

  test('typed digits count, not the proof beside them', async () => {
    const form = await solvedForm(await createProofOfWork({ now, key }));
    const token = issue();
    form.set(CAPTCHA_FIELDS.drawn, token);
    form.set(CAPTCHA_FIELDS.digits, wrongFor(token));
    expect(await verifyCaptcha(contextAt(0), form)).toEqual(refused('captcha_wrong'));
  });
});

test('rows are forgotten an hour after their captcha ended, and a used proof stays used', async () => {
  const form = await solvedForm(await createProofOfWork({ now, key }));
  expect(await verifyCaptcha(contextAt(0), form)).toEqual(PASSED);
  await forgetCaptchas(contextAt(HOUR_MS));
  expect(await verifyCaptcha(contextAt(0), form)).toEqual(refused('captcha_used'));
  expect(await forgetCaptchas(contextAt(2 * HOUR_MS))).toBeGreaterThan(0);
  expect(await db.captchaChallenge.count()).toBe(0);
});
