import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Proof that a device signed in to a login before: a keyed digest that only this server can make, kept in the
 * device's own cookie (the "device cookie" of OWASP's notes on guessing). It opens nothing; it only lets the owner's
 * mistakes be counted apart from a stranger's.
 */
export function deviceProof(secret: string, device: { login: string; deviceId: string }): string {
  return createHmac('sha256', secret)
    .update(`known-device\n${device.login}\n${device.deviceId}`)
    .digest('base64url')
    .slice(0, 27);
}

/** Whether one of `proofs` (a cookie's text, separated by dots) is that of this device and login. */
export function isKnownDevice(
  secret: string,
  device: { login: string; deviceId: string },
  proofs: string,
): boolean {
  const wanted = Buffer.from(deviceProof(secret, device));
  return proofs
    .split('.')
    .slice(0, PROOFS_KEPT)
    .some((proof) => proof.length === wanted.length && timingSafeEqual(Buffer.from(proof), wanted));
}

/** The cookie's text with one more proof in front; a browser keeps those of the last few people who used it. */
export function withProof(proofs: string, proof: string): string {
  return [proof, ...proofs.split('.').filter((known) => known !== proof && PROOF.test(known))]
    .slice(0, PROOFS_KEPT)
    .join('.');
}

const PROOFS_KEPT = 5;
const PROOF = /^[\w-]{27}$/;
