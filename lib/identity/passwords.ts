import { hash, parseOptions, verify } from '@node-rs/argon2';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { CHINESE_PASSWORD_WORDS } from './chinese-passwords';
import { type Login, parseLogin } from './login';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH, type PasswordRefusal } from './model';

/** Argon2id, 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet. The package's default algorithm is argon2id. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A hash with the same parameters that no password opens: unknown logins cost what known ones cost. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$b3VyIG93biBzYWx0IGhlcmU$Mm1bZqTQW0eK3tqVXyq2m7v1l7vVqTKxq0m6m0pYw3s';

/** The same characters typed on another keyboard are the same password (NIST SP 800-63B, 3.1.1.2). */
const normal = (password: string) => password.normalize('NFKC');

export function hashPassword(password: string): Promise<string> {
  return hash(normal(password), PARAMETERS);
}

/** `passwordHash` is null when the login is unknown: the same work is done, and the answer is no. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const right = await verify(passwordHash ?? NOBODYS_HASH, normal(password));
  return right && passwordHash !== null;
}

/** Whether the hash was made with older parameters and should be made anew while the password is at hand. */
export function isOutdated(passwordHash: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(passwordHash);
  return (
    memoryCost !== PARAMETERS.memoryCost ||
    timeCost !== PARAMETERS.timeCost ||
    parallelism !== PARAMETERS.parallelism
  );
}

/**
 * Judges a new password: long enough, not the login, and not what a guesser tries first (leaked passwords, keyboard
 * rows, dates, one's own name or number). No rules of composition: they make passwords worse (NIST SP 800-63B).
 * Returns `null` when it is taken.
 */
export function judgePassword(
  password: string,
  owner: { login: Login; name: string },
): PasswordRefusal | null {
  const text = normal(password);
  if ([...text].length < PASSWORD_MIN_LENGTH) return 'password_too_short';
  if (text.length > PASSWORD_MAX_LENGTH) return 'password_too_long';
  if (parseLogin(text)?.value === owner.login.value) return 'password_is_login';
  const { guesses, sequence } = strength().check(text, personalWords(owner));
  if (guesses >= GUESSES_NEEDED) return null;
  const longest = sequence.reduce((most, match) => (match.token.length > most.token.length ? match : most));
  if (longest.pattern === 'dictionary') {
    return longest.dictionaryName === 'userInputs' ? 'password_personal' : 'password_common';
  }
  return PATTERNS.has(longest.pattern) ? 'password_pattern' : 'password_weak';
}

/**
 * Below what eight random characters are given (1e8), above a word with a year and a mark. At the slowest pace that
 * the throttles leave a guesser, so many guesses take decades.
 */
const GUESSES_NEEDED = 3e7;

const PATTERNS = new Set(['spatial', 'repeat', 'sequence', 'date', 'regex']);

const slot: { strength?: ZxcvbnFactory } = {};

/** Made at the first use: its dictionaries take a moment and some memory. */
function strength(): ZxcvbnFactory {
  slot.strength ??= new ZxcvbnFactory({
    dictionary: { ...dictionary, chinese: CHINESE_PASSWORD_WORDS },
    graphs: adjacencyGraphs,
  });
  return slot.strength;
}

function personalWords({ login, name }: { login: Login; name: string }): string[] {
  const national = login.value.replace(/^\+86/, '');
  const parts = login.kind === 'phone' ? [national, national.slice(-8)] : login.value.split(/[@._+-]/);
  const names = [name, name.replace(/\s+/g, ''), ...name.split(/\s+/)];
  return ['kabao', '卡包', login.value, ...names, ...parts].filter((word) => word.length > 2);
}
