/**
 * Moves the last day of a card instead of the clock: `tsx e2e/prepare-expiry.ts <card> <days from now>`, then does what the
 * worker does at that time of day: reminds, and moves what has ended.
 */
import { expireCards } from '../lib/cards';
import { database } from '../lib/database';
import { env } from '../lib/env';
import { DAY_MS, dayIn, endOfDay, invariant, plusMs } from '../lib/kernel';
import { remindOfExpiry } from '../lib/notify';

const [id = '', days = ''] = process.argv.slice(2);
invariant(/^-?\d+$/.test(days), 'days are a number');
const [db, now, zone] = [database(), new Date(), env().issuerZone];
const expiresAt = endOfDay(zone, dayIn(zone, plusMs(now, Number(days) * DAY_MS)));
await db.card.update({ where: { id }, data: { expiresAt } });
await remindOfExpiry({ db, now, zone });
await expireCards({ db, now });
process.exit(0);
