/**
 * `npm run ledger:audit`: derives every balance of DATABASE_URL from its transfers and holds payments against them.
 * Prints JSON `{ ok, accounts, transfers, differences }`; ends with 1 when something differs.
 */
import { auditPayments } from '../lib/checkout';
import { database } from '../lib/database';
import { audit } from '../lib/ledger';

const report = await audit(database());
const differences = [...report.differences, ...(await auditPayments(database(), new Date()))];
const ok = differences.length === 0;
console.log(
  JSON.stringify({ ok, accounts: report.accounts, transfers: report.transfers, differences }, null, 2),
);
process.exit(ok ? 0 : 1);
