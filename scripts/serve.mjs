// The production server, started by server.mjs: Next's, and before it what would wait longer for Next than for its own work
// (docs/decisions/0011-a-request-that-pays.md).
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import next from 'next';

/** How long requests under way may take once the server is asked to end. */
const LONGEST_STOP_MS = 15_000;

const { values } = parseArgs({ options: { port: { type: 'string', default: '' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_535) end(`PORT must be 1 to 65535, not ${values.port}.`);
// As `next start` does: where Next asks itself after an action has redirected. The public address leads through the proxy.
process.env.PORT = String(port);
process.env.__NEXT_PRIVATE_ORIGIN = `http://localhost:${port}`;

const app = next({ port });
let stopping = false;
let answerByNext = async (request, response) => {
  await ready;
  return answerByNext(request, response);
};

const server = createServer((request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  // Left there by instrumentation-node.ts, which Next runs after it says that it is prepared. Until then Next answers all.
  if (globalThis.kabaoAnswersBeforeNext?.(request, response)) return;
  answerByNext(request, response).catch((error) => {
    console.error(error);
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  });
});
server.once('error', (error) =>
  end(error.code === 'EADDRINUSE' ? `Port ${port} is taken; PORT=… names another.` : error),
);
// The port first: a server that cannot have it must not begin to work through what is due.
await new Promise((resolve) => server.listen(port, resolve));
const ready = app.prepare().then(() => {
  answerByNext = app.getRequestHandler();
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
await ready.catch(end);
console.log(`Kabao listens on port ${port}.`);

/** Answers what is under way, takes nothing new, and ends. One request to stop can arrive as several signals. */
function stop() {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(0), LONGEST_STOP_MS);
  server.close(async () => {
    await app.close();
    process.exit(0);
  });
}

function end(reason) {
  console.error(reason);
  process.exit(1);
}
