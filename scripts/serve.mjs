// The production server, whose command line is in server-command.mjs: Next's, and before it what would wait longer for Next than for its own work
// (docs/decisions/0011-a-request-that-pays.md).
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import next from 'next';

/** How long requests under way may take once the server is asked to end. */
const LONGEST_STOP_MS = 15_000;

const { values } = parseArgs({ options: { port: { type: 'string', default: '' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_535) end(`PORT must be 1 to 65535, not ${values.port}.`);
// lib/env.ts assumes the origin from it where none is configured.
process.env.PORT = String(port);
// As `next start` sets it: where Next asks itself after an action has redirected. The public address leads through the proxy.
process.env.__NEXT_PRIVATE_ORIGIN = `http://localhost:${port}`;

const app = next({ port });
const answerByNext = app.getRequestHandler();
let stopping = false;

const server = createServer((request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  // Left there by instrumentation-node.ts, for which Next lets its own requests wait. Until then they all are Next's.
  if (globalThis.kabaoAnswersBeforeNext?.(request, response)) return;
  const answered = ready.then(() => answerByNext(request, response));
  answered.catch((error) => {
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
const ready = app.prepare();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
await ready.catch(end);
console.log(`Kabao listens on port ${port}.`);

/**
 * Answers what is under way, takes nothing new, and ends; jobs are cut off, as by a crash. One request to stop can arrive as several
 * signals.
 */
function stop() {
  if (stopping) return;
  stopping = true;
  setTimeout(() => end('Requests under way were cut off.'), LONGEST_STOP_MS);
  // Those that were busy become idle; left alone, each would wait for the next request of its browser.
  setInterval(() => server.closeIdleConnections(), 100);
  server.close(async () => {
    await app.close();
    process.exit(0);
  });
}

function end(reason) {
  console.error(reason);
  process.exit(1);
}
