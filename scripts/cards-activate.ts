/** Activates the cards of a batch that were made to be sold later: `npm run cards:activate -- BATCH`. Safe to run again. */
import { activateBatch } from '../lib/cards';
import { database } from '../lib/database';
import { env } from '../lib/env';
import { parseId } from '../lib/kernel';

const batchId = parseId('btc', process.argv[2] ?? '');
if (batchId === null) {
  console.error('npm run cards:activate -- BATCH   (btc_…, as cards:issue printed it)');
  process.exit(1);
}
const { activated, refused } = await activateBatch(
  { db: database(), now: new Date(), zone: env().issuerZone },
  batchId,
);
for (const { cardId, refusal } of refused) console.error(`${cardId}: ${refusal.code}`);
console.log(`Activated ${activated} cards of ${batchId}.`);
process.exit(refused.length === 0 ? 0 : 1);
