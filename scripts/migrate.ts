/** Brings the database of DATABASE_URL to this version: `npm run migrate`. Safe to run again. */

import { migrate } from '../lib/database/migrations/migrate';
import { env } from '../lib/env';

const applied = await migrate(env().databaseUrl);
console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
process.exit(0);
