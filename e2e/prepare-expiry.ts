import { expireCards } from '../lib/cards';
import { database } from '../lib/database';
import { env } from '../lib/env';
import { DAY_MS, dayIn, endOfDay, plusMs } from '../lib/kernel';
import { remindOfExpiry } from '../lib/notify';

/** Moves the last day of a card instead of the clock, then does what the worker does at that time of day: reminds, and moves what has ended. */
export async function prepareExpiry({ card, days }: { card: string; days: number }): Promise<void> {
  const [db, now, zone] = [database(), new Date(), env().issuerZone];
  const expiresAt = endOfDay(zone, dayIn(zone, plusMs(now, days * DAY_MS)));
  await db.card.update({ where: { id: card }, data: { expiresAt } });
  await remindOfExpiry({ db, now, zone });
  await expireCards({ db, now });
}
