/**
 * After a new seal key was added: brings every sealed number and password under it, so that the old key can be taken
 * away. `npm run cards:reseal`; safe to stop and run again.
 */
import { cardKeys, resealCards } from '../lib/cards';
import { database } from '../lib/database';

const changed = await resealCards({ db: database(), keys: cardKeys() });
console.log(`Sealed the secrets of ${changed} cards anew.`);
process.exit(0);
