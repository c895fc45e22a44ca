import { createHmac } from 'node:crypto';

/** A key of its own for each use, derived from the server's captcha key: what one use reveals helps no other. */
export function deriveKeyFor(purpose: KeyPurpose, key: Buffer): Buffer {
  return createHmac('sha256', key).update(`kabao captcha ${purpose}`).digest();
}

type KeyPurpose = 'challenge signature' | 'solution signature' | 'drawn seal' | 'drawn answer' | 'distortion';
