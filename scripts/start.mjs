// npm run start: the production server. Refuses to start without its settings.
import { next, run, start, tsx } from './processes.mjs';

const env = { NODE_ENV: 'production' };
run(tsx, ['scripts/check-configuration.ts'], env);
const server = start(next, ['start', '--port', process.env.PORT ?? '3000'], env);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill('SIGTERM'));
server.on('exit', (code) => process.exit(code ?? 0));
