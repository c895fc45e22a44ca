import 'server-only';
import { randomBytes } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { env } from '@/lib/env';
import { deviceProof, isKnownDevice, parseLogin, type RequestOrigin, withProof } from '@/lib/identity';
import { peerAddressOf } from '@/lib/request-guard/peer-address';
import { networkOf } from '@/lib/risk';
import { isSecureOrigin } from './session-cookie';

/**
 * Where this request comes from: network, device, browser. For actions and route handlers: a device without a cookie
 * is given one here, which a page that is being rendered cannot do.
 */
export async function requestOrigin(): Promise<RequestOrigin> {
  const request = await headers();
  return {
    network: await requestNetwork(),
    deviceId: await deviceId(),
    userAgent: request.get('user-agent'),
  };
}

/** The network alone, which a page that is being rendered can ask for too. */
export async function requestNetwork(): Promise<string> {
  const request = await headers();
  return networkOf({
    peer: peerAddressOf(request),
    forwardedFor: request.get('x-forwarded-for'),
    trustedProxies: env().trustedProxies,
  });
}

/** Whether this browser signed in to `login` before. */
export async function isDeviceKnownTo(login: string): Promise<boolean> {
  const [parsed, jar] = [parseLogin(login), await cookies()];
  const device = jar.get(DEVICE_COOKIE)?.value;
  const proofs = jar.get(KNOWN_COOKIE)?.value;
  if (!parsed || !device || !proofs) return false;
  return isKnownDevice(env().sessionSecret, { login: parsed.value, deviceId: device }, proofs);
}

/** Remembers in the browser that it signed in to `login`. For actions and route handlers. */
export async function rememberDevice(login: string): Promise<void> {
  const [parsed, jar] = [parseLogin(login), await cookies()];
  if (!parsed) return;
  const proof = deviceProof(env().sessionSecret, { login: parsed.value, deviceId: await deviceId() });
  jar.set(KNOWN_COOKIE, withProof(jar.get(KNOWN_COOKIE)?.value ?? '', proof), cookieOptions());
}

const DEVICE_COOKIE = 'kabao_device';
const KNOWN_COOKIE = 'kabao_known';
const DEVICE_ID = /^[\w-]{22}$/;

/** Browsers keep no cookie longer than 400 days. */
const DEVICE_MAX_AGE_S = 400 * 24 * 60 * 60;

async function deviceId(): Promise<string> {
  const jar = await cookies();
  const known = jar.get(DEVICE_COOKIE)?.value;
  if (known && DEVICE_ID.test(known)) return known;
  const fresh = randomBytes(16).toString('base64url');
  jar.set(DEVICE_COOKIE, fresh, cookieOptions());
  return fresh;
}

function cookieOptions() {
  return {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: isSecureOrigin(),
    maxAge: DEVICE_MAX_AGE_S,
  } as const;
}
