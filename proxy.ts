import { type NextRequest, NextResponse } from 'next/server';
import { comesFromElsewhere, isSecure, originHere } from '@/app/own-pages';
import { isStaffToken, sessionCookie } from '@/app/session-cookie';
import { env } from '@/lib/env';
import {
  contentSecurityPolicy,
  HIDDEN_HEADER,
  isReadablePath,
  PATH_HEADER,
  STRICT_TRANSPORT,
} from '@/lib/request-guard';

/**
 * Runs before every page, action and route that Next answers: refuses changes that do not come from our own pages and sends the headers that
 * differ by request (the others are in next.config.ts). Not a permission check: every page, action and route makes its own.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { alipay } = env();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64');
  const policy = contentSecurityPolicy({
    nonce,
    formTargets: alipay ? [new URL(alipay.gatewayUrl).origin] : [],
    development: process.env.NODE_ENV === 'development',
  });
  const response = comesFromElsewhere(request)
    ? new NextResponse('Forbidden', { status: 403 })
    : goOn(request, await headersFor(request, policy));
  response.headers.set('Content-Security-Policy', policy);
  if (isSecure(request)) response.headers.set(STRICT_TRANSPORT.key, STRICT_TRANSPORT.value);
  return response;
}

/** Not for files. */
export const config = { matcher: ['/((?!_next/static/).*)'] };

/** To the page; an address that cannot be read leads to where none is, before Next stumbles over it. */
function goOn({ nextUrl }: NextRequest, headers: Headers): NextResponse {
  if (isReadablePath(nextUrl.pathname)) return NextResponse.next({ request: { headers } });
  return NextResponse.rewrite(new URL('/not-found', nextUrl), { request: { headers } });
}

/** What a page is told about its request. Next reads the nonce from the policy and puts it on its own scripts. */
async function headersFor(request: NextRequest, policy: string): Promise<Headers> {
  const headers = new Headers(request.headers);
  const origin = originHere(request);
  if (origin) headers.set('origin', origin);
  headers.set('Content-Security-Policy', policy);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  if (await isHidden(request)) headers.set(HIDDEN_HEADER, '1');
  else headers.delete(HIDDEN_HEADER);
  return headers;
}

/**
 * The support desk answers those who are no staff as an address without a page does, to the last tag. A page that
 * refuses by itself (and each of them does) answers with the same status, but Next draws it another way.
 */
async function isHidden({ nextUrl, cookies }: NextRequest): Promise<boolean> {
  if (!/^\/admin(\/|$)/.test(nextUrl.pathname)) return false;
  return !(await isStaffToken(cookies.get(sessionCookie().name)?.value));
}
