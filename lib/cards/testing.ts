import type { Database } from '@/lib/database';
import { type Id, newId, parseId } from '@/lib/kernel';
import { type CardContext, drawCards, issueCards } from './issue-cards';
import { batchIdOf, formatIssueList } from './issue-list';
import { type CardKeys, cardKeys } from './keys';
import { numberHmac } from './lookup';
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

/** Issues cards and answers them with their secrets. */
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
