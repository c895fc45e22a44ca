import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/app/auth-options';

/** next-auth's endpoints, above all `/api/auth/session`. People sign in at `/sign-in`. */
async function answer(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  return NextAuth(request, context, authOptions());
}

export { answer as GET, answer as POST };
