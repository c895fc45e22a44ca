import type { Database } from '@/lib/database';
import { type Id, newId } from '@/lib/kernel';
import type { CardContext } from './issue-cards';
import { type CardKeys, cardKeys } from './keys';
import { seedProgrammes } from './seed-programmes';

export const testNow = new Date('2026-11-23T02:00:00.000Z');

/** A database with the first programmes, and what card operations need beside it. */
export async function cardContext(db: Database, keys: CardKeys = cardKeys()): Promise<CardContext> {
  await seedProgrammes({ db, now: testNow });
  return { db, now: testNow, keys, zone: 'Asia/Shanghai' };
}

/** A shopper's row; identity's own rules do not matter here. */
export async function addShopper(db: Database, name = '王芳'): Promise<Id<'usr'>> {
  const id = newId('usr');
  await db.user.create({
    data: { id, name, passwordHash: '-', role: 'shopper', locale: 'zh-CN', createdAt: testNow },
  });
  return id;
}
