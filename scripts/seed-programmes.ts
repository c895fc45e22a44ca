/** What every installation needs before its first card: the issuer's accounts, programmes, card counter. Safe to run again. */
import { seedProgrammes } from '../lib/cards';
import { database } from '../lib/database';
import { GATEWAY_NAMES } from '../lib/gateways';
import { openHouseAccounts } from '../lib/ledger';
import { openCardCounter } from '../lib/sales';

const now = new Date();
await openHouseAccounts(database(), { currency: 'CNY', gateways: GATEWAY_NAMES, now });
await seedProgrammes({ db: database(), now });
await openCardCounter({ db: database(), now });
process.exit(0);
