import { type Database, failureOf } from '../database';
import type { AnsweredCaptcha } from './model';

/** After so many wrong answers a picture takes no more. */
export const MOST_ATTEMPTS = 3;

/**
 * Writes down one answer to a captcha; the row's key and a guarded update decide, on both engines, whoever else
 * answers at the same moment. `false`: it had passed before, or its tries are used up; nothing has changed then.
 */
export async function recordAnswer(
  db: Database,
  answered: AnsweredCaptcha,
  { right, now }: { right: boolean; now: Date },
): Promise<boolean> {
  try {
    await db.captchaChallenge.create({ data: { ...answered, attempts: 1, usedAt: right ? now : null } });
    return true;
  } catch (error) {
    if (failureOf(error) !== 'unique') throw error;
  }
  const { count } = await db.captchaChallenge.updateMany({
    where: { id: answered.id, usedAt: null, attempts: { lt: MOST_ATTEMPTS } },
    data: { attempts: { increment: 1 }, ...(right ? { usedAt: now } : {}) },
  });
  return count === 1;
}

/** Removes rows that no answer can reach any more; returns how many. */
export async function deleteExpired(db: Database, before: Date): Promise<number> {
  const { count } = await db.captchaChallenge.deleteMany({ where: { expiresAt: { lt: before } } });
  return count;
}
