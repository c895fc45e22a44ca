// The production server, started by server.mjs: Next's, and before it what would wait longer for Next than for its own work
// (docs/decisions/0011-a-request-that-pays.md).
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import next from 'next';

const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } });
const port = Number(values.port);
const app = next({ port });
// Also runs instrumentation-node.ts, which leaves what answers before Next.
await app.prepare();
const answerByNext = app.getRequestHandler();

const server = createServer((request, response) => {
  if (globalThis.kabaoAnswersBeforeNext(request, response)) return;
  answerByNext(request, response).catch((error) => {
    console.error(error);
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  });
});
server.once('error', (error) => {
  console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken; PORT=… names another.` : error);
  process.exit(1);
});
server.listen(port, () => console.log(`Kabao listens on port ${port}.`));

// Asked to end, it takes no new request and answers those it has; asked again, it ends at once.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () =>
    server.close(async () => {
      await app.close();
      process.exit(0);
    }),
  );
