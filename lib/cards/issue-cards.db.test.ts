import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { audit } from '@/lib/ledger';
import { unseal } from '@/lib/vault';
import { activateBatch } from './activate-cards';
import { CARDS_PER_UNIT } from './insert-cards';
import { type CardContext, drawCards, issueCards } from './issue-cards';
import { batchIdOf, formatIssueList, type IssueList } from './issue-list';
import { numberHmac } from './lookup';
import { cardContext } from './testing';

let fixture: TestDatabase;
let context: CardContext;

beforeEach(async () => {
  fixture = await openTestDatabase();
  context = await cardContext(fixture.db);
});
afterEach(() => fixture.close());

async function draw(order: { programmeId?: string; count: number; faceMinor?: bigint }): Promise<IssueList> {
  const list = await drawCards(context, { programmeId: 'fuyun', faceMinor: 10_000n, ...order });
  if (!list.ok) throw new Error(list.refusal.code);
  return list.value;
}

const idOf = (list: IssueList) => batchIdOf(formatIssueList(list));

async function valueOfAllCards(): Promise<bigint> {
  const { _sum } = await fixture.db.account.aggregate({
    where: { code: 2010 },
    _sum: { creditsPosted: true },
  });
  return _sum.creditsPosted ?? 0n;
}

async function expectCleanLedger(): Promise<void> {
  expect(await audit(fixture.db)).toMatchObject({ ok: true, differences: [] });
}

describe('issuing a list of cards', () => {
  test('gives each card its value once, from custody, and a first event', async () => {
    const list = await draw({ count: 3 });
    expect(await issueCards(context, list, { id: idOf(list) })).toEqual({
      ok: true,
      value: { issued: 3, alreadyIssued: 0, taken: [], unactivated: 0 },
    });
    expect(await valueOfAllCards()).toBe(30_000n);
    const custody = await fixture.db.account.findUniqueOrThrow({ where: { id: 'house:custodyCash:CNY' } });
    expect(custody.debitsPosted).toBe(30_000n);
    const cards = await fixture.db.card.findMany({ include: { events: true, account: true } });
    for (const card of cards) {
      expect(card).toMatchObject({
        state: 'active',
        faceMinor: 10_000n,
        batchId: idOf(list),
        sealedPassword: null,
      });
      expect(card.expiresAt).toEqual(new Date('2029-11-23T16:00:00.000Z'));
      expect(card.account).toMatchObject({ code: 2010, limited: true, creditsPosted: 10_000n });
      expect(card.events.map(({ kind }) => kind)).toEqual(['issued']);
    }
    await expectCleanLedger();
  });

  test('again, issues nothing twice', async () => {
    const list = await draw({ count: 3 });
    await issueCards(context, list, { id: idOf(list) });
    expect(await issueCards(context, list, { id: idOf(list) })).toEqual({
      ok: true,
      value: { issued: 0, alreadyIssued: 3, taken: [], unactivated: 0 },
    });
    expect(await valueOfAllCards()).toBe(30_000n);
  });

  test('after a crash in the middle, issues the rest and no card twice', async () => {
    const count = CARDS_PER_UNIT + 2;
    const list = await draw({ count });
    const crash = () => {
      throw new Error('power cut');
    };
    await expect(issueCards(context, list, { id: idOf(list), onProgress: crash })).rejects.toThrow(
      'power cut',
    );
    expect(await fixture.db.card.count()).toBe(CARDS_PER_UNIT);
    expect(await issueCards(context, list, { id: idOf(list) })).toMatchObject({
      value: { issued: 2, alreadyIssued: CARDS_PER_UNIT, taken: [] },
    });
    expect(await valueOfAllCards()).toBe(10_000n * BigInt(count));
    await expectCleanLedger();
  });

  test('by several processes at once, issues each card once', async () => {
    const list = await draw({ count: 40 });
    const reports = await Promise.all(
      Array.from({ length: 4 }, () => issueCards(context, list, { id: idOf(list) })),
    );
    expect(reports.map((report) => (report.ok ? report.value.issued : -1)).toSorted()).toEqual([0, 0, 0, 40]);
    expect(await valueOfAllCards()).toBe(400_000n);
    await expectCleanLedger();
  });

  test('leaves out and tells a number that another batch has', async () => {
    const first = await draw({ count: 2 });
    await issueCards(context, first, { id: idOf(first) });
    const fresh = await draw({ count: 1 });
    const second = { ...fresh, cards: [...fresh.cards, ...first.cards.slice(0, 1)] };
    expect(await issueCards(context, second, { id: idOf(second) })).toMatchObject({
      value: { issued: 1, alreadyIssued: 0, taken: [1] },
    });
    expect(await valueOfAllCards()).toBe(30_000n);
  });

  test('finds cards that were issued under an older number key', async () => {
    const list = await draw({ count: 1 });
    await issueCards(context, list, { id: idOf(list) });
    const number = new Map([...context.keys.number, [2, Buffer.alloc(32, 7)]]);
    context = { ...context, keys: { ...context.keys, number } };
    expect(await issueCards(context, list, { id: idOf(list) })).toMatchObject({
      value: { alreadyIssued: 1 },
    });
  });

  test('keeps secrets sealed only when asked to, and never in clear', async () => {
    const list = await draw({ count: 1 });
    await issueCards(context, list, { id: idOf(list), keepSealed: true });
    const [card] = await fixture.db.card.findMany();
    const [secret] = list.cards;
    if (!card || !secret) throw new Error('one card was issued');
    expect(card.numberHmac).toBe(numberHmac(context.keys.number, secret.number).hmac);
    for (const field of ['number', 'password'] as const) {
      const sealed = (field === 'number' ? card.sealedNumber : card.sealedPassword) ?? '';
      expect(unseal(context.keys.seal, { owner: card.id, field }, sealed)).toBe(secret[field]);
    }
    const row = Object.values(card).join(' ');
    expect(row).not.toContain(secret.number);
    expect(row).not.toContain(secret.password);
  });
});

describe('a programme', () => {
  test('that is physical issues cards that must be activated first and, if named, never end', async () => {
    const list = await draw({ programmeId: 'zhenxiang', count: 1 });
    expect(await issueCards(context, list, { id: idOf(list) })).toMatchObject({ value: { unactivated: 1 } });
    expect(await fixture.db.card.findFirst()).toMatchObject({ state: 'issued', expiresAt: null });
    expect(await activateBatch(context, idOf(list))).toEqual({ activated: 1, refused: [] });
    expect(await fixture.db.card.findFirst()).toMatchObject({ state: 'active', expiresAt: null });
  });

  test('that is promotional pays its cards from the promotion expense, for twelve months', async () => {
    const list = await draw({ programmeId: 'zengka', count: 2, faceMinor: 500n });
    await issueCards(context, list, { id: idOf(list) });
    expect(await fixture.db.card.findFirst()).toMatchObject({
      expiresAt: new Date('2027-11-23T16:00:00.000Z'),
    });
    const expense = await fixture.db.account.findUniqueOrThrow({ where: { id: 'house:promotion:CNY' } });
    expect(expense.debitsPosted).toBe(1_000n);
    await expectCleanLedger();
  });

  test('refuses what its policy or its own terms do not allow, when drawing and when issuing', async () => {
    const fine = await draw({ count: 1 });
    for (const [change, code] of [
      [{ faceMinor: 100_001n }, 'face_above_limit'],
      [{ faceMinor: 0n }, 'face_not_positive'],
      [{ programmeId: 'zhenxiang', faceMinor: 10_001n }, 'face_not_offered'],
      [{ programmeId: 'nobody' }, 'unknown_programme'],
    ] as const) {
      const order = { programmeId: 'fuyun', count: 1, faceMinor: 10_000n, ...change };
      expect(await drawCards(context, order)).toMatchObject({ ok: false, refusal: { code } });
      const list = { ...fine, ...change };
      expect(await issueCards(context, list, { id: idOf(list) })).toMatchObject({
        ok: false,
        refusal: { code },
      });
    }
    expect(await fixture.db.card.count()).toBe(0);
  });

  test.each([0, -1, 1.5, 100_001])('does not draw %s cards', async (count) => {
    const order = { programmeId: 'fuyun', count, faceMinor: 10_000n };
    expect(await drawCards(context, order)).toMatchObject({ refusal: { code: 'count_out_of_range' } });
  });
});
