import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from '@/lib/observe';
import { NO_PAGE_POLICY, SECURITY_HEADERS } from '@/lib/request-guard/headers';
import { LONGEST_FORM, type PayAnswer, type PaySubmit, takePayment } from './take-payment';

const ADDRESS = /^\/checkout\/(ord_\w+)\/pay(?:\?|$)/;

/** What `next.config.ts` and `proxy.ts` put on what Next answers, but for what depends on the request. */
const HEADERS = Object.fromEntries(
  [...SECURITY_HEADERS, NO_PAGE_POLICY].map(({ key, value }) => [key, value]),
);

/**
 * Answers the submit of a payment before Next sees it. `false`: the request is something else, and nothing was done to it.
 * The server asks this at every request (scripts/serve.mjs).
 */
export function answerPayment(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
  const [, order] = (incoming.method === 'POST' && ADDRESS.exec(incoming.url ?? '')) || [];
  if (!order) return false;
  takePayment(submitOf(incoming, order))
    .then((answer) => send(outgoing, answer))
    .catch((err) => {
      log.error({ err, order }, 'a payment could not be answered');
      outgoing.destroy();
    });
  return true;
}

function submitOf(incoming: IncomingMessage, order: string): PaySubmit {
  return {
    method: 'POST',
    // This server speaks http; of its own host it knows nothing.
    url: `http://localhost${incoming.url}`,
    headers: { get: (name) => incoming.headers[name]?.toString() ?? null },
    order,
    body: () => bodyOf(incoming),
  };
}

/**
 * The whole body; of one that is longer than a form can be, its beginning, which is longer, too; of one that broke off, nothing. By
 * events: to leave a loop over the parts early would close the connection before the answer.
 */
function bodyOf(incoming: IncomingMessage): Promise<string> {
  if (incoming.destroyed) return Promise.resolve('');
  return new Promise((resolve) => {
    let text = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (part: string) => {
      if (text.length <= LONGEST_FORM) text += part;
      if (text.length > LONGEST_FORM) resolve(text);
    });
    incoming.once('end', () => resolve(text));
    incoming.once('close', () => resolve(''));
  });
}

function send(outgoing: ServerResponse, { status, headers, text }: PayAnswer): void {
  outgoing.writeHead(status, {
    ...HEADERS,
    ...headers,
    'content-length': Buffer.byteLength(text),
    // Nobody reads the rest of a form that is too long.
    ...(status === 413 ? { connection: 'close' } : {}),
  });
  outgoing.end(text);
}
