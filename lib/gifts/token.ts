import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 20;

/** A token of a redeem link: 160 random bits, 27 characters of base64url. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What a token is stored as: with 160 random bits in it, a slow hash would add nothing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whether text from outside can be a token at all. */
export function isToken(text: string): boolean {
  return /^[\w-]{27}$/.test(text);
}
