// npm run build: generated clients and the production build. Needs no secret and no database.
import { next, run } from './processes.mjs';

run('scripts/generate.mjs', [], {}, 'pipe');
run(next, ['build']);
