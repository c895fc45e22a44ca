// npm run dev: the development server on the demo's data, with clients generated anew when their sources changed.

import { generatedFrom, next, once, run, start, tsx } from './processes.mjs';
import { dataFolder, ensureSecrets } from './secrets.mjs';

ensureSecrets();
const port = process.env.PORT ?? '3000';
await once('generated', generatedFrom, 'node_modules/.kabao', () =>
  run('scripts/generate.mjs', [], {}, 'pipe'),
);
run(tsx, ['scripts/migrate.ts']);
run(tsx, ['scripts/seed-programmes.ts']);
run(tsx, ['prisma/seed.ts'], { PORT: port });
console.log(`Sign-ins and cards: ${dataFolder()}/demo.json`);
const server = start(next, ['dev', '--port', port], { PORT: port });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill('SIGTERM'));
server.on('exit', (code) => process.exit(code ?? 0));
