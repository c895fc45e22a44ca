import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { HOUR_MS, type Id, newId, plusMs } from '@/lib/kernel';
import { attachCard } from './attach-card';
import { bindCard } from './bind-card';
import type { CardContext } from './issue-cards';
import type { Card } from './model';
import { storePassword } from './password-check';
import { findCard } from './store';
import { addShopper, cardContext, issueTestCards, type TestCard } from './testing';

let fixture: TestDatabase;
let context: CardContext;

beforeAll(async () => {
  fixture = await openTestDatabase();
  context = await cardContext(fixture.db);
});
afterAll(() => fixture.close());

const SHORT_PASSWORD = '736105';

async function oneCard(change: { state?: string; expiresAt?: Date } = {}): Promise<TestCard> {
  const [card] = await issueTestCards(context, { count: 1 });
  if (!card) throw new Error('one card was issued');
  await fixture.db.card.update({ where: { id: card.id }, data: change });
  return card;
}

/** A shopper on a network and a device of their own, so that no test slows another down. */
async function shopper(now = context.now) {
  const userId = await addShopper(fixture.db);
  return {
    userId,
    bind: (secret: { number: string; password: string }, device: string | null = userId) =>
      bindCard({ ...context, now }, { ...secret, userId, network: userId, device }),
  };
}

async function cardNow(id: Id<'crd'>): Promise<Card> {
  const card = await findCard(fixture.db, id);
  if (!card) throw new Error('the card exists');
  return card;
}

describe('a shopper who knows number and password', () => {
  test('gets the card, with an event and a message to deliver', async () => {
    const card = await oneCard();
    const { userId, bind } = await shopper();
    expect(await bind(card)).toEqual({ ok: true, value: { cardId: card.id } });
    expect(await cardNow(card.id)).toMatchObject({ holderId: userId, boundAt: context.now });
    const events = await fixture.db.cardEvent.findMany({ where: { cardId: card.id, kind: 'bound' } });
    expect(events).toMatchObject([{ actorId: userId, at: context.now }]);
    const messages = await fixture.db.outboxMessage.findMany({ where: { topic: 'card.bound' } });
    expect(messages.map(({ payload }) => JSON.parse(payload))).toContainEqual({ cardId: card.id, userId });
  });

  test('may type both as people do', async () => {
    const card = await oneCard();
    const { bind } = await shopper();
    const number = ` ${card.number.replace(/(.{4})/g, '$1 ')}`;
    const password = (card.password.match(/.{4}/g) ?? [])
      .join('-')
      .toLowerCase()
      .replace(/0/g, 'o')
      .replace(/1/g, 'l');
    expect(await bind({ number, password })).toMatchObject({ ok: true });
  });

  test('gets a card with a short password from paper', async () => {
    const card = await oneCard();
    const stored = await storePassword(context.keys.password, card.id, SHORT_PASSWORD);
    await fixture.db.card.update({
      where: { id: card.id },
      data: { passwordScheme: stored.scheme, passwordHash: stored.hash, passwordKey: stored.keyVersion },
    });
    const { bind } = await shopper();
    expect(await bind({ number: card.number, password: '736106' })).toMatchObject({
      refusal: { code: 'no_match' },
    });
    expect(await bind({ number: card.number, password: SHORT_PASSWORD })).toMatchObject({ ok: true });
  });

  test('hears that the card is in their wallet already, and keeps it', async () => {
    const card = await oneCard();
    const { userId, bind } = await shopper();
    await bind(card);
    expect(await bind(card)).toEqual({ ok: false, refusal: { code: 'already_yours', cardId: card.id } });
    expect((await cardNow(card.id)).holderId).toBe(userId);
  });

  test('hears that somebody else has bound it, and who had it keeps it', async () => {
    const card = await oneCard();
    const first = await shopper();
    await first.bind(card);
    expect(await (await shopper()).bind(card)).toEqual({ ok: false, refusal: { code: 'bound_elsewhere' } });
    expect((await cardNow(card.id)).holderId).toBe(first.userId);
  });

  test.each([
    ['expired', { expiresAt: new Date('2026-11-22T16:00:00.000Z') }],
    ['frozen', { state: 'frozen' }],
    ['not_activated', { state: 'issued' }],
    ['closed', { state: 'closed' }],
  ])('hears that it is %s, and does not get it', async (code, change) => {
    const card = await oneCard(change);
    expect(await (await shopper()).bind(card)).toEqual({ ok: false, refusal: { code } });
    expect((await cardNow(card.id)).holderId).toBeNull();
  });
});

describe('a guess', () => {
  test('hears the same for an unknown number, a wrong password, and a wrong password of a card in any state', async () => {
    const no = { ok: false, refusal: { code: 'no_match' } };
    const wrong = { password: '7K2M-9QXA-1ZMD-55TV' };
    expect(await (await shopper()).bind({ number: '9101000000000000', ...wrong })).toEqual(no);
    const bound = await oneCard();
    await (await shopper()).bind(bound);
    for (const card of [
      await oneCard(),
      bound,
      await oneCard({ state: 'frozen' }),
      await oneCard({ state: 'issued' }),
      await oneCard({ state: 'closed' }),
      await oneCard({ expiresAt: new Date(0) }),
    ]) {
      expect(await (await shopper()).bind({ number: card.number, ...wrong })).toEqual(no);
    }
  });

  test('of what cannot be a number or a password is refused without being looked up or counted', async () => {
    const { userId, bind } = await shopper();
    expect(await bind({ number: '91o1', password: 'x' })).toEqual({
      ok: false,
      refusal: { code: 'number_format' },
    });
    expect(await bind({ number: '9101000000000000', password: 'x' })).toEqual({
      ok: false,
      refusal: { code: 'password_format' },
    });
    for (let round = 0; round < 10; round += 1) await bind({ number: '1', password: '' });
    expect(await bind({ ...(await oneCard()) }, userId)).toMatchObject({ ok: true });
  });

  test('is slowed down by account, whatever numbers are tried, and the right one has to wait too', async () => {
    const card = await oneCard();
    const { bind } = await shopper();
    const codes: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const result = await bind({ number: `910100000000${1000 + round}`, password: '7K2M9QXA1ZMD55TV' });
      codes.push(result.ok ? 'ok' : result.refusal.code);
    }
    expect(codes.slice(0, 5)).toEqual(new Array(5).fill('no_match'));
    expect(codes.at(-1)).toBe('too_many_tries');
    const refused = await bind(card);
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'too_many_tries' } });
    if (refused.ok || refused.refusal.code !== 'too_many_tries') throw new Error('refused above');
    expect(refused.refusal.retryAt.getTime()).toBeGreaterThan(context.now.getTime());
    expect((await cardNow(card.id)).holderId).toBeNull();
  });

  test('at one number is slowed down by the number alike whether a card has it or not', async () => {
    const tries = async (number: string) => {
      const codes: string[] = [];
      for (let round = 0; round < 8; round += 1) {
        const result = await (await shopper()).bind({ number, password: '7K2M9QXA1ZMD55TV' });
        codes.push(result.ok ? 'ok' : result.refusal.code);
      }
      return codes;
    };
    const card = await oneCard();
    const known = await tries(card.number);
    expect(known).toContain('too_many_tries');
    expect(await tries('9101999999999999')).toEqual(known);
    const later = await shopper(plusMs(context.now, HOUR_MS));
    expect(await later.bind(card)).toMatchObject({ ok: true });
  });
});

describe('a card wanted by many at the same moment', () => {
  test('is bound by one account, once', async () => {
    const card = await oneCard();
    const free = await cardNow(card.id);
    const rivals = await Promise.all(Array.from({ length: 40 }, () => addShopper(fixture.db)));
    const results = await Promise.all(rivals.map((userId) => attachCard(context, { card: free, userId })));
    const winners = rivals.filter((_, index) => results[index]?.ok);
    expect(winners).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.refusal.code === 'bound_elsewhere')).toHaveLength(
      39,
    );
    expect((await cardNow(card.id)).holderId).toBe(winners[0]);
    expect(await fixture.db.cardEvent.count({ where: { cardId: card.id, kind: 'bound' } })).toBe(1);
  });

  test('through the whole operation, is bound by one of two', async () => {
    const card = await oneCard();
    const [first, second] = [await shopper(), await shopper()];
    const results = await Promise.all([first.bind(card), second.bind(card)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: { code: 'bound_elsewhere' } });
  });

  test('by one person twice, is bound once', async () => {
    const card = await oneCard();
    const { bind } = await shopper();
    const results = await Promise.all([bind(card), bind(card)]);
    expect(results).toContainEqual({ ok: true, value: { cardId: card.id } });
    expect(results).toContainEqual({ ok: false, refusal: { code: 'already_yours', cardId: card.id } });
  });
});

test('a card that is frozen while it is being bound is not bound', async () => {
  const card = await oneCard();
  const seen = await cardNow(card.id);
  await fixture.db.card.update({ where: { id: card.id }, data: { state: 'frozen' } });
  expect(await attachCard(context, { card: seen, userId: newId('usr') })).toEqual({
    ok: false,
    refusal: { code: 'frozen' },
  });
});
