import { expect, test } from 'vitest';
import { authOptions } from './auth-options';

test.each([
  ['shopper', false],
  ['support', true],
  ['supervisor', true],
] as const)(
  'who signs in as %s at next-auth’s own endpoint gets the token of the sign-in page',
  async (role, staff) => {
    const user = { id: 'usr_1', sessionId: 'ses_1', name: '王', role };
    const token = await authOptions().callbacks?.jwt?.({ token: {}, user, account: null });
    expect(token).toEqual({ sub: 'usr_1', sid: 'ses_1', staff });
  },
);
