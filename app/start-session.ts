import 'server-only';
import { database } from '@/lib/database';
import {
  type SignedInUser,
  type SignInRefusal,
  type SignUpRefusal,
  signIn,
  signOut,
  signUp,
} from '@/lib/identity';
import type { Result } from '@/lib/kernel';
import { isDeviceKnownTo, rememberDevice, requestOrigin } from './request-origin';
import { readSessionCookie, writeSessionCookie } from './session-cookie';

/**
 * Checks login and password of this request and starts a session. Both doors lead here: the sign-in page and
 * next-auth's own endpoint, each of which then sets the cookie.
 */
export async function signInFromHere(input: {
  login: string;
  password: string;
}): Promise<Result<SignedInUser, SignInRefusal>> {
  const [origin, knownDevice] = [await requestOrigin(), await isDeviceKnownTo(input.login)];
  const result = await signIn({ db: database(), now: new Date() }, { ...input, origin, knownDevice });
  if (result.ok) {
    await endSessionBefore();
    await rememberDevice(input.login);
  }
  return result;
}

/** Opens an account from this request, starts its session and sets the cookie. */
export async function signUpFromHere(input: {
  login: string;
  name: string;
  password: string;
  locale: string;
}): Promise<Result<SignedInUser, SignUpRefusal>> {
  const origin = await requestOrigin();
  const result = await signUp({ db: database(), now: new Date() }, { ...input, origin });
  if (result.ok) {
    await endSessionBefore();
    await rememberDevice(input.login);
    await writeSessionCookie(result.value);
  }
  return result;
}

/** Ends the session that this browser had before, which would otherwise stay valid although its cookie is replaced. */
async function endSessionBefore(): Promise<void> {
  const before = await readSessionCookie();
  if (before) await signOut({ db: database(), now: new Date() }, before);
}
