import { plainTyped } from './typed-text';

/** Crockford's base32: no I, L, O (they look like 1 and 0) and no U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GENERATED_LENGTH = 16;

/** After normalisation. The longest bounds what is hashed for a stranger. */
export const PASSWORD_MIN_LENGTH = 6;
export const PASSWORD_MAX_LENGTH = 64;

/** From here on a password cannot be guessed even with the database and its keys at hand, so a fast hash is enough. */
export const STRONG_PASSWORD_BITS = 80;

/** A new card password (密码): 16 characters of Crockford's base32 from a CSPRNG (80 bits), without its dashes. */
export function generatePassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(GENERATED_LENGTH));
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte & 31)).join('');
}

/** Four groups, as it is printed: `7K2M-9QXA-1ZMD-55TV`. */
export function groupPassword(password: string): string {
  return password.replace(/(.{4})(?=.)/g, '$1-');
}

/**
 * What a person typed as a card password in its one stored form, or `null` when it cannot be one: upper case, without
 * separators, and with the letters that look like digits read as those digits (o → 0; i, l → 1).
 */
export function normalisePassword(typed: string): string | null {
  const password = plainTyped(typed).toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  return /^[!-~]+$/.test(password) &&
    password.length >= PASSWORD_MIN_LENGTH &&
    password.length <= PASSWORD_MAX_LENGTH
    ? password
    : null;
}

/**
 * How many bits a normalised password of unknown origin may have, from its alphabet and length. Deliberately low: one
 * that repeats few characters or counts up or down is worth nothing, whatever its length.
 */
export function passwordBits(password: string): number {
  if (new Set(password).size < 6 || countsUpOrDown(password)) return 0;
  const alphabet = 10 + (/[A-Z]/.test(password) ? LETTERS_LEFT : 0) + (/[^0-9A-Z]/.test(password) ? 32 : 0);
  return password.length * Math.log2(alphabet);
}

/** 26 without I, L and O, which normalisation turns into digits. */
const LETTERS_LEFT = 23;

function countsUpOrDown(password: string): boolean {
  const codes = Array.from(password, (character) => character.charCodeAt(0));
  const steps = codes.slice(1).map((code, index) => Math.abs(code - (codes[index] ?? 0)));
  return steps.filter((step) => step <= 1).length > steps.length * 0.75;
}
