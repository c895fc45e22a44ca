import type { Database } from '@/lib/database';
import { HOUR_MS, type Id, newId, parseId, plusMs } from '@/lib/kernel';
import { type CardContext, drawCards, issueCards } from './issue-cards';
import { batchIdOf, formatIssueList } from './issue-list';
import { type CardKeys, cardKeys } from './keys';
import { numberHmac } from './lookup';
import { generateNumber } from './number';
import { generatePassword } from './password';
import { storePassword } from './password-check';
import { seedProgrammes } from './seed-programmes';

export const testNow = new Date('2026-11-23T02:00:00.000Z');

/** A database with the first programmes, and what card operations need beside it. */
export async function cardContext(db: Database, keys: CardKeys = cardKeys()): Promise<CardContext> {
  await seedProgrammes({ db, now: testNow });
  return { db, now: testNow, keys, zone: 'Asia/Shanghai' };
}

export interface TestCard {
  readonly id: Id<'crd'>;
  readonly accountId: string;
  readonly number: string;
  readonly password: string;
}

/** Issues cards and returns them with their secrets. */
export async function issueTestCards(
  context: CardContext,
  order: { readonly count: number; readonly programmeId?: string; readonly faceMinor?: bigint },
): Promise<TestCard[]> {
  const list = await drawCards(context, { programmeId: 'fuyun', faceMinor: 10_000n, ...order });
  if (!list.ok) throw new Error(`the cards of a test were refused: ${list.refusal.code}`);
  await issueCards(context, list.value, { id: batchIdOf(formatIssueList(list.value)) });
  return Promise.all(
    list.value.cards.map(async (secret) => {
      const { hmac } = numberHmac(context.keys.number, secret.number);
      const row = await context.db.card.findUniqueOrThrow({ where: { numberHmac: hmac } });
      const id = parseId('crd', row.id);
      if (!id) throw new Error('a card has a card id');
      return { id, accountId: row.accountId, ...secret };
    }),
  );
}

/** A shopper's row; identity's own rules do not matter here. */
export async function addShopper(db: Database, name = '王芳'): Promise<Id<'usr'>> {
  const id = newId('usr');
  await db.user.create({
    data: { id, name, passwordHash: '-', role: 'shopper', locale: 'zh-CN', createdAt: testNow },
  });
  return id;
}

/** What may be wrong about a guess: the number, or the password of a card of some kind. */
export const GUESS_KINDS = ['unknown_number', 'long_password', 'short_password', 'bound', 'frozen'] as const;
export type GuessKind = (typeof GUESS_KINDS)[number];

/**
 * Cards to guess at, and what makes the next wrong guess of a kind: by another person each time and hours apart, so
 * that no counter slows it.
 */
export async function makeGuesses(db: Database) {
  const context = await cardContext(db);
  const cards = await issueTestCards(context, { count: GUESS_KINDS.length });
  const numbers = new Map(GUESS_KINDS.map((kind, index) => [kind, cards[index]?.number ?? '']));
  const idOf = (kind: GuessKind) => ({ id: cards[GUESS_KINDS.indexOf(kind)]?.id ?? '' });
  const holderId = await addShopper(db);
  const { hash, ...short } = await storePassword(context.keys.password, idOf('short_password').id, '736105');
  const password = { passwordScheme: short.scheme, passwordKey: short.keyVersion, passwordHash: hash };
  await db.card.update({ where: idOf('short_password'), data: password });
  await db.card.update({ where: idOf('bound'), data: { holderId, boundAt: testNow } });
  await db.card.update({ where: idOf('frozen'), data: { state: 'frozen' } });
  let guesses = 0;
  return async (kind: GuessKind) => {
    guesses += 1;
    const userId = newId('usr');
    return {
      context: { ...context, now: plusMs(testNow, guesses * 3 * HOUR_MS) },
      attempt: {
        number: kind === 'unknown_number' ? generateNumber('9101') : (numbers.get(kind) ?? ''),
        password: kind === 'short_password' ? '736106' : generatePassword(),
        userId,
        network: userId,
        device: userId,
      },
    };
  };
}
