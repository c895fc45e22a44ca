import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { checkSession, type Role, signOut } from '@/lib/identity';
import { signInSchema } from '@/lib/identity/schemas';
import { parseId } from '@/lib/kernel';
import { isSecureOrigin, SESSION_MAX_AGE_S, sessionCookie, tokenOf } from './session-cookie';
import { signInFromHere } from './start-session';

declare module 'next-auth' {
  interface User {
    sessionId: string;
    role: Role;
  }
  interface Session {
    user: { id: string; name: string; role: Role };
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    /** The row of `Session` that decides whether this token still means anything. */
    sid?: string;
    /** Never a permission: see `isStaffToken`. */
    staff?: boolean;
  }
}

/** next-auth over our own sessions: it carries the token, the `Session` row decides. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().sessionSecret,
    useSecureCookies: isSecureOrigin(),
    cookies: { sessionToken: sessionCookie() },
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE_S },
    pages: { signIn: '/sign-in', signOut: '/account', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        credentials: { login: { type: 'text' }, password: { type: 'password' } },
        authorize: (credentials) => authorize(credentials),
      }),
    ],
    callbacks: {
      jwt: async ({ token, user }) => {
        if (user) return tokenOf(user);
        if (!(await userOfToken(token.sid))) throw new SessionEnded();
        return token;
      },
      session: async ({ session, token }) => {
        const user = await userOfToken(token.sid);
        if (!user) throw new SessionEnded();
        return { ...session, user: { id: user.id, name: user.name, role: user.role } };
      },
    },
    events: {
      signOut: async ({ token }) => {
        const sessionId = parseId('ses', token?.sid ?? '');
        if (sessionId) await signOut({ db: database(), now: new Date() }, sessionId);
      },
    },
    logger: {
      // An ended session and a wrong password are everyday answers, not faults.
      error: (code, detail) => {
        if (code !== 'JWT_SESSION_ERROR') console.error('next-auth', code, detail);
      },
      warn: () => {},
      debug: () => {},
    },
  };
}

/** Makes next-auth answer "no session" and drop the cookie. */
class SessionEnded extends Error {
  override readonly name = 'SessionEnded';
}

async function userOfToken(sid: string | undefined) {
  const sessionId = parseId('ses', sid ?? '');
  return sessionId && checkSession({ db: database(), now: new Date() }, sessionId);
}

/** Never throws: next-auth would write the error into an address. Returns a user or null. */
async function authorize(credentials: unknown) {
  try {
    const input = signInSchema.safeParse(credentials);
    if (!input.success) return null;
    const result = await signInFromHere(input.data);
    if (!result.ok) return null;
    const { id, name, sessionId, role } = result.value;
    return { id, name, sessionId, role };
  } catch (error) {
    console.error('next-auth authorize', error);
    return null;
  }
}
