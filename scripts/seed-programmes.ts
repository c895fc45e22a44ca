/** Adds the first card programmes that are missing: part of `npm run setup`. Safe to run again. */

import { seedProgrammes } from '../lib/cards';
import { database } from '../lib/database';

await seedProgrammes({ db: database(), now: new Date() });
process.exit(0);
