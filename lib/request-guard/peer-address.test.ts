import { createServer, get } from 'node:http';
import { expect, test } from 'vitest';
import { notePeerAddresses, peerAddressOf } from './peer-address';

test('a request carries the address of its socket, and nothing that a client sends can replace it', async () => {
  const before = peerAddressOf(new Headers({ 'x-kabao-peer': '198.51.100.1' }));
  notePeerAddresses();
  notePeerAddresses();
  const seen = await requestSeenByServer({
    'x-kabao-peer': '198.51.100.1',
    'x-forwarded-for': '198.51.100.1',
  });
  expect(before).toBeNull();
  expect(peerAddressOf(seen)).toBe('127.0.0.1');
});

function requestSeenByServer(headers: Record<string, string>): Promise<Headers> {
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      const names = Object.entries(request.headers);
      const texts = names.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
      resolve(new Headers(texts));
      response.end();
      server.close();
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (!address || typeof address === 'string') return reject(new Error('no port'));
      get({ port: address.port, host: '127.0.0.1', headers }).on('error', reject);
    });
  });
}
