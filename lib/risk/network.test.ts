import { describe, expect, test } from 'vitest';
import { networkOf } from './network';

describe('the network of a request', () => {
  test.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1:23ff:1:2:3:4', '2001:db8:1:2300::/56'],
    ['2001:db8::1', '2001:db8:0:0::/56'],
    ['::1', '0:0:0:0::/56'],
    ['fe80::1%eth0', 'fe80:0:0:0::/56'],
    ['nonsense', 'unknown'],
  ])('%s is in %s', (peer, network) => {
    expect(networkOf({ peer, forwardedFor: null, trustedProxies: 0 })).toBe(network);
  });

  test('is not what a client writes into X-Forwarded-For when no proxy is trusted', () => {
    expect(networkOf({ peer: '203.0.113.7', forwardedFor: '198.51.100.1', trustedProxies: 0 })).toBe(
      '203.0.113.0/24',
    );
  });

  test('is what the nearest trusted proxy saw, whatever the client wrote before', () => {
    const forwardedFor = '10.9.9.9, 198.51.100.1';
    expect(networkOf({ peer: '10.0.0.2', forwardedFor, trustedProxies: 1 })).toBe('198.51.100.0/24');
  });

  test('is never further away than the header says', () => {
    expect(networkOf({ peer: '10.0.0.2', forwardedFor: '198.51.100.1', trustedProxies: 5 })).toBe(
      '198.51.100.0/24',
    );
  });

  test('is unknown without an address', () => {
    expect(networkOf({ peer: null, forwardedFor: null, trustedProxies: 0 })).toBe('unknown');
  });
});
