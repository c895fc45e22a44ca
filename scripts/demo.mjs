// npm run demo [-- --reset] [-- --postgres]: from a fresh clone to a running shop.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtFrom, generatedFrom, installIfNeeded, next, once, run, start, tsx } from './processes.mjs';
import { dataFolder, ensureSecrets } from './secrets.mjs';
import { serverCommand } from './server-command.mjs';

const { values } = parseArgs({ options: { reset: { type: 'boolean' }, postgres: { type: 'boolean' } } });
const port = process.env.PORT ?? '3000';
const folder = dataFolder();
const distDir = process.env.KABAO_DIST_DIR ?? '.next';
const startedAt = Date.now();
let step = 0;

await refuseBusyPort();
if (values.reset) say("Starting over: the demo's data is removed.");
if (values.reset) rmSync(folder, { recursive: true, force: true });

if (!existsSync('node_modules/.kabao-lock')) say('Installing packages; the first time takes a few minutes …');
installIfNeeded();
const secrets = ensureSecrets(folder);
const stamps = join('node_modules', '.kabao');
await once('generated', generatedFrom, stamps, () => {
  say('Generating the database clients …');
  run('scripts/generate.mjs', [], {}, 'pipe');
});
const demoFile = join(folder, values.postgres ? 'demo-postgres.json' : 'demo-sqlite.json');
const filling = `${demoFile}.filling`;
// A demo that was stopped while it was being filled is begun anew: half a shop would be of no use.
const anew = Boolean(values.reset) || existsSync(filling);
if (anew) removeDatabase();
const postgres = values.postgres ? await startPostgres() : null;
const env = {
  KABAO_DEMO: '1',
  NODE_ENV: 'production',
  PORT: port,
  KABAO_DATA_DIR: folder,
  DATABASE_URL: postgres ? postgres.url : `file:${join(folder, 'kabao.db')}`,
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secrets.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,
};
await once(
  `prepared-${postgres ? 'postgres' : 'sqlite'}`,
  ['prisma', 'lib/shop/catalogue', 'lib/cards/programmes.ts'],
  folder,
  () => {
    say(`Preparing the ${postgres ? 'PostgreSQL' : 'SQLite'} database …`);
    run(tsx, ['scripts/migrate.ts'], env, 'pipe');
    run(tsx, ['scripts/seed-programmes.ts'], env, 'pipe');
  },
);
if (!existsSync(demoFile)) {
  say('Filling it: shop, people, cards …');
  writeFileSync(filling, '');
  run(tsx, ['prisma/seed.ts', demoFile], env);
  rmSync(filling);
}
if (!existsSync(join(distDir, 'BUILD_ID'))) rmSync(join(stamps, 'built.stamp'), { force: true });
await once('built', builtFrom, stamps, () => {
  say('Building the application; about a minute …');
  run(next, ['build'], env, 'pipe');
});

say('Starting …');
const [file, ...args] = serverCommand(port);
const server = start(file, args, env, ['ignore', 'ignore', 'inherit']);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill('SIGTERM'));
server.on('exit', async (code) => {
  await postgres?.stop();
  process.exit(code ?? 1);
});
await untilReady();
const demo = { ...JSON.parse(readFileSync(demoFile, 'utf8')), url: `http://localhost:${port}` };
// Always the one of the demo that runs.
writeFileSync(join(folder, 'demo.json'), `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
tell(demo);

function removeDatabase() {
  const paths = values.postgres
    ? ['prepared-postgres.stamp']
    : ['kabao.db', 'kabao.db-wal', 'kabao.db-shm', 'prepared-sqlite.stamp'];
  for (const path of [...paths.map((name) => join(folder, name)), demoFile, filling])
    rmSync(path, { recursive: true, force: true });
}

function say(text) {
  step += 1;
  console.log(`${String(step).padStart(2)}. ${text}`);
}

async function startPostgres() {
  say('Starting PostgreSQL …');
  const child = start(
    tsx,
    ['scripts/embedded-postgres.ts', ...(anew ? ['--anew'] : [])],
    { KABAO_DATA_DIR: folder },
    ['pipe', 'pipe', 'inherit'],
  );
  const url = await new Promise((resolve, reject) => {
    child.stdout.once('data', (line) => resolve(String(line).trim()));
    child.once('exit', (code) => reject(new Error(`PostgreSQL did not start (${code})`)));
  });
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.stdin.end();
      }),
  };
}

async function untilReady() {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    const ready = await fetch(`http://localhost:${port}/readyz`)
      .then((response) => response.ok)
      .catch(() => false);
    if (ready) return;
    await new Promise((wait) => setTimeout(wait, 250));
  }
  console.error('The server did not become ready within a minute.');
  server.kill('SIGTERM');
}

function tell({ url, shoppers, cards, staff }) {
  const words = {
    unbound: '可绑定 ready to bind',
    not_activated: '未激活 not activated',
    bound: '已绑定 bound',
    expiring_soon: '即将过期 ends soon',
    expired: '已过期 expired',
    frozen: '已冻结 frozen',
    used_up: '已用完 used up',
  };
  const yuan = (minor) =>
    `¥${(BigInt(minor) / 100n).toString()}.${(BigInt(minor) % 100n).toString().padStart(2, '0')}`;
  const lines = [
    '',
    `卡包 Kabao is running: ${url}   (${((Date.now() - startedAt) / 1000).toFixed(0)} s)`,
    '',
    'Sign in 登录',
    ...shoppers.map((person) => `  ${person.login.padEnd(24)} ${person.password.padEnd(24)} ${person.name}`),
    ...staff.map(
      (person) => `  ${person.login.padEnd(24)} ${person.password.padEnd(24)} ${person.role} → ${url}/admin`,
    ),
    '',
    'Cards to try 卡号 / 密码',
    ...cards.map(
      (card) =>
        `  ${card.number.replace(/(.{4})(?=.)/g, '$1 ')}  ${card.password}  ${yuan(card.faceMinor).padStart(9)}  ${words[card.state]}`,
    ),
    '',
    `Mail and short messages that would have been sent 发出的邮件和短信: ${url}/sandbox/outbox`,
    `All of this stands in ${join(folder, 'demo.json')}. Stop with Ctrl+C; start over with: npm run demo -- --reset`,
  ];
  console.log(lines.join('\n'));
}

function refuseBusyPort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      console.error(`Port ${port} is taken. Choose another: PORT=3001 npm run demo`);
      process.exit(1);
    });
    probe.listen(Number(port), () => probe.close(resolve));
  });
}
