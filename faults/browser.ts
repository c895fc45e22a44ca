import { type IncomingMessage, request } from 'node:http';

/** No answer came, or one that does not tell what was done (HTTP 5xx): the same request has to be made again. */
export class Lost extends Error {
  override readonly name = 'Lost';
}

export interface Answer {
  readonly status: number;
  /** The path of a redirect, without the origin. */
  readonly location: string | null;
  readonly body: string;
}

export type Fields = readonly (readonly [string, string])[];

/** One shopper's browser: its own cookies and IP address, and a connection that may break. */
export interface Browser {
  get(path: string): Promise<Answer>;
  /** `multipart` is how forms of server actions travel. Throws `Lost`. */
  post(path: string, fields: Fields, encoding?: 'multipart' | 'urlencoded'): Promise<Answer>;
}

export interface Connection {
  readonly origin: string;
  /** The client address that the proxy before the server reports. */
  readonly address: string;
  /** How long the shopper waits this time before hanging up; null: until there is an answer. */
  readonly impatienceMs: () => number | null;
}

const LONGEST_WAIT_MS = 20_000;

export function openBrowser(connection: Connection): Browser {
  const cookies = new Map<string, string>();
  const send = async (method: string, path: string, body?: { type: string; bytes: Buffer }) => {
    const headers = {
      'x-forwarded-for': connection.address,
      origin: connection.origin,
      'accept-language': 'zh-CN',
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(body ? { 'content-type': body.type, 'content-length': body.bytes.length } : {}),
    };
    const { response, text } = await exchange(connection, { method, path, headers, body: body?.bytes });
    const status = response.statusCode ?? 0;
    if (status >= 500) throw new Lost(`HTTP ${status}`);
    for (const text of response.headers['set-cookie'] ?? []) keepCookie(cookies, text);
    return { status, location: pathOf(response.headers.location, connection.origin), body: text };
  };
  return {
    get: (path) => send('GET', path),
    post: async (path, fields, encoding = 'multipart') =>
      send('POST', path, await (encoding === 'multipart' ? multipart(fields) : urlencoded(fields))),
  };
}

function exchange(
  connection: Connection,
  call: { method: string; path: string; headers: Record<string, string | number>; body?: Buffer | undefined },
): Promise<{ response: IncomingMessage; text: string }> {
  return new Promise((resolve, reject) => {
    const { method, headers, body } = call;
    const outgoing = request(new URL(call.path, connection.origin), { method, headers, agent: false });
    const impatienceMs = connection.impatienceMs();
    const hangUp = setTimeout(() => outgoing.destroy(new Error('hung up')), impatienceMs ?? LONGEST_WAIT_MS);
    const fail = (error: Error) => {
      clearTimeout(hangUp);
      reject(new Lost(error.message));
    };
    outgoing.on('error', fail);
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => {
        clearTimeout(hangUp);
        if (!response.complete) fail(new Error('half an answer'));
        else resolve({ response, text: Buffer.concat(chunks).toString('utf8') });
      });
      response.on('close', () => fail(new Error('half an answer')));
    });
    outgoing.end(body);
  });
}

async function multipart(fields: Fields): Promise<{ type: string; bytes: Buffer }> {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? '';
  return { type, bytes: Buffer.from(await encoded.arrayBuffer()) };
}

function urlencoded(fields: Fields): { type: string; bytes: Buffer } {
  const text = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();
  return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(text) };
}

function keepCookie(cookies: Map<string, string>, text: string): void {
  const [pair = '', ...rest] = text.split(';');
  const [name = '', value = ''] = pair.split(/=(.*)/s);
  const gone = rest.some((part) => /^\s*max-age=0$/i.test(part));
  if (gone || value === '') cookies.delete(name.trim());
  else cookies.set(name.trim(), value.trim());
}

function pathOf(location: string | undefined, origin: string): string | null {
  if (location === undefined) return null;
  const url = new URL(location, origin);
  return url.origin === origin ? url.pathname + url.search : url.href;
}
