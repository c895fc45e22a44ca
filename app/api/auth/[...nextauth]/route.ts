import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/app/auth-options';

/** next-auth's endpoints, above all `/api/auth/session`. People sign in at `/sign-in`. */
async function answer(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  const [what] = (await context.params).nextauth;
  // Its client's own error reports: anybody could write into our log.
  if (what === '_log') return new Response('Not Found', { status: 404 });
  return NextAuth(request, context, authOptions());
}

export { answer as GET, answer as POST };
