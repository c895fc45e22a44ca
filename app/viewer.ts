import 'server-only';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { hasRole, type Role, type SignedInUser } from '@/lib/identity';
import { PATH_HEADER } from '@/lib/request-guard';
import { signInPath } from './next-path';
import { readSessionCookie } from './session-cookie';
import { signedInUser } from './signed-in-user';

/** Who asks, or `null`. Looked up once per request. */
export const currentUser = cache(
  async (): Promise<SignedInUser | null> => signedInUser(await readSessionCookie()),
);

/**
 * Who asks; without a session the browser goes to sign in and comes back to this page. For pages and actions; a route
 * handler takes `currentUser` and decides itself.
 */
export async function requireUser(): Promise<SignedInUser> {
  const user = await currentUser();
  if (user) return user;
  redirect(signInPath((await headers()).get(PATH_HEADER)));
}

/**
 * Who asks, if they may act as `needed` (a supervisor may do what support may). For everybody else, signed in or not,
 * the page does not exist: a way to sign in would say that it does.
 */
export async function requireRole(needed: Exclude<Role, 'shopper'>): Promise<SignedInUser> {
  const user = await currentUser();
  if (!user || !hasRole(user.role, needed)) notFound();
  return user;
}
