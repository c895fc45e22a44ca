// npm run worker: the worker in a process of its own. Like the server's start it is production, and refuses to begin without
// its settings.
import { run, start, tsx } from './processes.mjs';

const env = { NODE_ENV: 'production' };
run(tsx, ['scripts/check-configuration.ts'], env);
// One process, not a launcher with a child: what is told to stop is the worker itself.
const worker = start('--import', ['tsx', 'scripts/worker.ts'], env);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => worker.kill('SIGTERM'));
worker.on('exit', (code) => process.exit(code ?? 1));
