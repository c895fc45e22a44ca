/**
 * `npm run outbox:parked`: what could not be delivered and was given up, as JSON.
 * `npm run outbox:parked -- --revive ID …` (or `--revive all`) lets the worker try it again.
 */
import { database } from '../lib/database';
import { parkedMessages, reviveMessages } from '../lib/outbox';

const db = database();
const [act, ...ids] = process.argv.slice(2);
if (act !== undefined && (act !== '--revive' || ids.length === 0)) {
  console.error('npm run outbox:parked   or   npm run outbox:parked -- --revive ID …   or   --revive all');
  process.exit(1);
}
if (act === undefined) {
  console.log(JSON.stringify(await parkedMessages(db), null, 2));
} else {
  const wanted = ids[0] === 'all' ? (await parkedMessages(db, 10_000)).map(({ id }) => id) : ids;
  const revived = await reviveMessages({ db, now: new Date() }, wanted);
  console.log(`${revived} of ${wanted.length} messages will be tried again.`);
}
process.exit(0);
