import { randomBytes, randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { IncomingMessage, ServerResponse } from 'node:http';

const slot = globalThis as {
  kabaoOpenResponses?: { readonly header: string; readonly byNote: Map<string, ServerResponse> };
};

/**
 * Notes every request for a whole page with a header of a random name, by which the page finds its own response again:
 * Next lets a page choose its status by throwing alone, and what it then draws is empty without scripts. Safe to call
 * again.
 */
export function noteOpenResponses(): void {
  if (slot.kabaoOpenResponses) return;
  const { header, byNote } = {
    header: `x-kabao-response-${randomBytes(8).toString('hex')}`,
    byNote: new Map<string, ServerResponse>(),
  };
  slot.kabaoOpenResponses = { header, byNote };
  subscribe('http.server.request.start', (message) => {
    const exchange = exchangeOf(message);
    if (!exchange || !asksForPage(exchange.request)) return;
    const note = randomUUID();
    exchange.request.headers[header] = note;
    byNote.set(note, exchange.response);
    exchange.response.once('close', () => byNote.delete(note));
  });
}

/**
 * Makes the answer to the request with these headers a 404, whatever its page draws. `false`: it is too late, or this
 * is no request for a whole page.
 */
export function answerNotFound(headers: { get(name: string): string | null }): boolean {
  const open = slot.kabaoOpenResponses;
  const response = open?.byNote.get(headers.get(open.header) ?? '');
  if (!response || response.headersSent) return false;
  response.statusCode = 404;
  return true;
}

/** Not the payload of a page, which Next's own router fetches and for which it has its own words. */
function asksForPage({ method, headers }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && headers.rsc === undefined;
}

function exchangeOf(message: unknown): { request: IncomingMessage; response: ServerResponse } | null {
  if (!(message instanceof Object && 'request' in message && 'response' in message)) return null;
  const { request, response } = message;
  return request instanceof IncomingMessage && response instanceof ServerResponse
    ? { request, response }
    : null;
}
