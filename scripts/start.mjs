// npm run start: the production server. Refuses to start without its settings.
import { run, start, tsx } from './processes.mjs';
import { serverCommand } from './server-command.mjs';

const env = { NODE_ENV: 'production' };
run(tsx, ['scripts/check-configuration.ts'], env);
const [file, ...args] = serverCommand(process.env.PORT ?? '3000');
const server = start(file, args, env);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill('SIGTERM'));
server.on('exit', (code) => process.exit(code ?? 1));
