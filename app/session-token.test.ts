import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import { newId, plusMs } from '@/lib/kernel';
import { readToken } from './session-token';

const secret = 'a secret of the tests that is long enough';
const sessionId = newId('ses');
const write = (claims: Record<string, unknown>, maxAge = 60) => encode({ token: claims, secret, maxAge });

describe('a session token', () => {
  it('says the same the first time and every time after', async () => {
    const text = await write({ sid: sessionId, staff: true });
    for (let time = 1; time <= 3; time += 1)
      expect(await readToken(text, { secret })).toEqual({ sessionId, staff: true });
  });

  it('says nothing after its end, also when it was read before', async () => {
    const text = await write({ sid: sessionId, staff: false });
    const now = new Date();
    expect(await readToken(text, { secret, now })).not.toBeNull();
    expect(await readToken(text, { secret, now: plusMs(now, 59_000) })).not.toBeNull();
    expect(await readToken(text, { secret, now: plusMs(now, 61_000) })).toBeNull();
    const unread = await write({ sid: sessionId }, -60);
    expect(await readToken(unread, { secret })).toBeNull();
  });

  it('is nothing when it is forged, or made under another secret, whatever was read before', async () => {
    const text = await write({ sid: sessionId });
    expect(await readToken(text, { secret })).not.toBeNull();
    expect(await readToken(text, { secret: 'another secret, also long enough' })).toBeNull();
    expect(await readToken(`${text.slice(0, -4)}AAAA`, { secret })).toBeNull();
    expect(await readToken('', { secret })).toBeNull();
  });

  it('names no session where it has none, and makes nobody staff by a word', async () => {
    expect(await readToken(await write({ sid: 'usr_1', staff: 'true' }), { secret })).toEqual({
      sessionId: null,
      staff: false,
    });
  });

  it('is read right when thousands of others were seen in between', async () => {
    const texts = await Promise.all(
      Array.from({ length: 2_100 }, (_, index) => write({ sid: sessionId, staff: index % 2 === 0 })),
    );
    for (const again of [1, 2]) {
      const staff = await Promise.all(texts.map(async (text) => (await readToken(text, { secret }))?.staff));
      expect({ again, staff }).toEqual({ again, staff: texts.map((_, index) => index % 2 === 0) });
    }
  });
});
