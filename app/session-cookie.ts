import 'server-only';
import { cookies } from 'next/headers';
import { encode } from 'next-auth/jwt';
import { env } from '@/lib/env';
import { hasRole, type Role, SESSION_MAX_MS, type SignedInUser } from '@/lib/identity';
import { type Id, SECOND_MS } from '@/lib/kernel';
import { readToken } from './session-token';

/**
 * The cookie lives as long as a session can; the row that its token names decides when the session really ends. Name,
 * options and token are next-auth's own, so `/api/auth/session` and `getServerSession` read the same sign-in.
 */
export const SESSION_MAX_AGE_S = SESSION_MAX_MS / SECOND_MS;

/** `__Secure-` makes browsers refuse the cookie without https; on plain http (a demo) they would drop it. */
export function isSecureOrigin(): boolean {
  return env().origin.startsWith('https:');
}

export function sessionCookie() {
  const secure = isSecureOrigin();
  return {
    name: `${secure ? '__Secure-' : ''}next-auth.session-token`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure } as const,
  };
}

/** The session that this request's cookie names; not yet whether it is alive. */
export async function readSessionCookie(): Promise<Id<'ses'> | null> {
  return sessionOfToken((await cookies()).get(sessionCookie().name)?.value);
}

/** The session that this token names; not yet whether it is alive. */
export async function sessionOfToken(token: string | undefined): Promise<Id<'ses'> | null> {
  return (await read(token))?.sessionId ?? null;
}

/**
 * Whether a token says that it was given to somebody of the staff. It decides nothing but how a refusal looks: a token
 * outlives its session, so who asks is always looked up.
 */
export async function isStaffToken(token: string | undefined): Promise<boolean> {
  return (await read(token))?.staff ?? false;
}

async function read(token: string | undefined) {
  return token ? readToken(token, { secret: env().sessionSecret }) : null;
}

/** What a token contains after a sign-in, on the sign-in page or through next-auth's endpoint. */
export function tokenOf({ id, sessionId, role }: { id: string; sessionId: string; role: Role }) {
  return { sub: id, sid: sessionId, staff: hasRole(role, 'support') };
}

/** Sets the cookie of a session that was just started. For actions and route handlers. */
export async function writeSessionCookie(user: SignedInUser): Promise<void> {
  const { name, options } = sessionCookie();
  const token = await encode({
    token: tokenOf(user),
    secret: env().sessionSecret,
    maxAge: SESSION_MAX_AGE_S,
  });
  (await cookies()).set(name, token, { ...options, maxAge: SESSION_MAX_AGE_S });
}

export async function clearSessionCookie(): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}
