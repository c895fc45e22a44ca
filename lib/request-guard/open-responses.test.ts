import { createServer, request } from 'node:http';
import { expect, test } from 'vitest';
import { answerNotFound, noteOpenResponses } from './open-responses';

test('a request for a page is answered as not found when its page says so; a payload and a change are not', async () => {
  expect(answerNotFound(new Headers())).toBe(false);
  noteOpenResponses();
  noteOpenResponses();
  expect(await ask({})).toEqual({ said: true, status: 404 });
  expect(await ask({ method: 'HEAD' })).toEqual({ said: true, status: 404 });
  expect(await ask({ headers: { rsc: '1' } })).toEqual({ said: false, status: 200 });
  expect(await ask({ method: 'POST' })).toEqual({ said: false, status: 200 });
});

test('not after the answer has begun, nor when it is over', async () => {
  const seen: Headers[] = [];
  expect(await ask({ begin: true, seen })).toEqual({ said: false, status: 200 });
  const [headers = new Headers()] = seen;
  expect([...headers.keys()].some((name) => name.startsWith('x-kabao-response-'))).toBe(true);
  expect(answerNotFound(headers)).toBe(false);
});

interface Question {
  method?: string;
  headers?: Record<string, string>;
  /** Whether the first bytes are sent before the page finds that it does not exist. */
  begin?: boolean;
  seen?: Headers[];
}

function ask({ method = 'GET', headers = {}, begin = false, seen = [] }: Question) {
  return new Promise<{ said: boolean; status: number | undefined }>((resolve, reject) => {
    let said = false;
    const server = createServer((incoming, response) => {
      const texts = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
        name,
        `${value}`,
      ]);
      const own = new Headers(texts);
      seen.push(own);
      if (begin) response.write('<');
      said = answerNotFound(own);
      response.end();
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (!address || typeof address === 'string') return reject(new Error('no port'));
      const call = request({ port: address.port, host: '127.0.0.1', method, headers }, (response) => {
        response.resume().on('end', () => server.close(() => resolve({ said, status: response.statusCode })));
      });
      call.on('error', reject).end();
    });
  });
}
