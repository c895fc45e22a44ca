/**
 * `npm run purchases:refund`: cards that were handed back and whose money is not back, as JSON.
 * `npm run purchases:refund -- --retry WITHDRAWAL …` asks the gateway once more for what it refused.
 */
import { checkoutContext } from '../lib/checkout';
import { database } from '../lib/database';
import { hangingWithdrawals, retryWithdrawal } from '../lib/sales';

const SAID = {
  back: 'is back',
  asked: 'was asked for again',
  refused: 'was refused again',
  waiting: 'is asked for again in a moment: other refunds of the payment were in the way',
  blocked: 'cannot be asked for: not so much is left of the payment; see where it went',
} as const;
const [act, ...ids] = process.argv.slice(2);
if (act !== undefined && (act !== '--retry' || ids.length === 0)) {
  console.error('npm run purchases:refund   or   npm run purchases:refund -- --retry WITHDRAWAL …');
  process.exit(1);
}
if (act === undefined) {
  const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
  console.log(JSON.stringify(await hangingWithdrawals(database()), asText, 2));
}
for (const withdrawalId of ids) {
  const actor = { id: 'command', role: 'operator' };
  const tried = await retryWithdrawal(checkoutContext(new Date()), { withdrawalId, actor });
  console.log(`${withdrawalId} ${tried.ok ? SAID[tried.value] : 'has nothing to retry'}`);
}
process.exit(0);
