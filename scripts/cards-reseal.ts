/**
 * After a new seal key was added: brings everything that is sealed (numbers and passwords, gifts, purchases, who buyers
 * are) under it, so that the old key can be taken away. `npm run cards:reseal`; safe to stop and run again.
 */
import { cardKeys, resealCards } from '../lib/cards';
import { database } from '../lib/database';
import { giftKeys, resealGifts } from '../lib/gifts';
import { resealSales } from '../lib/sales';

const db = database();
const cards = await resealCards({ db, keys: cardKeys() });
const gifts = await resealGifts({ db, keys: giftKeys() });
const sales = await resealSales({ db, keys: cardKeys() });
console.log(`Sealed the secrets of ${cards} cards, ${gifts} gifts and ${sales} purchases anew.`);
process.exit(0);
