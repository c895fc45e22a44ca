import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomInt } from 'node:crypto';
import { MINUTE_MS, newId, ok, parseId, plusMs, type Result, refuse } from '../kernel';
import { deriveKeyFor } from './keys';
import type { AnsweredCaptcha, CaptchaContext, CaptchaRefusal } from './model';
import { DIGIT_COUNT } from './schemas';

const LIFE_MS = 5 * MINUTE_MS;

/** The digits that a token stands for, with the seed of their drawing and their voice. */
export interface DrawnDigits {
  readonly id: string;
  readonly digits: string;
  readonly expiresAt: Date;
  /** The same for every request with one token, so that many pictures cannot be averaged into a clean one. */
  readonly seed: Buffer;
}

/**
 * Makes digits to read or hear, sealed into a token (AES-256-GCM) that page and picture address carry. Nothing is kept
 * until a first answer comes, so looking at a page writes nothing.
 */
export function issueDrawnChallenge({ now, key }: Omit<CaptchaContext, 'db'>): string {
  const digits = String(randomInt(10 ** DIGIT_COUNT)).padStart(DIGIT_COUNT, '0');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', deriveKeyFor('drawn seal', key), nonce);
  const sealed = [
    cipher.update(`${newId('cap')} ${digits} ${plusMs(now, LIFE_MS).getTime()}`, 'utf8'),
    cipher.final(),
  ];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64url');
}

/** Opens a token of ours; `null` for anything else. Says nothing about whether it is still good. */
export function openDrawnChallenge(token: string, key: Buffer): DrawnDigits | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length <= NONCE_BYTES + TAG_BYTES || bytes.length > 200) return null;
  const decipher = createDecipheriv(
    'aes-256-gcm',
    deriveKeyFor('drawn seal', key),
    bytes.subarray(0, NONCE_BYTES),
  );
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  let text: string;
  try {
    text = Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
      decipher.final(),
    ]).toString('utf8');
  } catch {
    return null;
  }
  const [idText = '', digits = '', expiresAtMs] = text.split(' ');
  const id = parseId('cap', idText);
  if (!id) return null;
  const seed = createHmac('sha256', deriveKeyFor('distortion', key)).update(id).digest();
  return { id, digits, expiresAt: new Date(Number(expiresAtMs)), seed };
}

/**
 * Compares typed digits with a token's. Refuses `captcha_wrong` for a token that is not ours and `captcha_expired` for
 * one that ran out; whether the digits are right is in the value, because wrong ones are counted.
 */
export function checkDrawnDigits(
  { now, key }: Omit<CaptchaContext, 'db'>,
  answer: { token: string; digits: string },
): Result<{ answered: AnsweredCaptcha; right: boolean }, CaptchaRefusal> {
  const drawn = openDrawnChallenge(answer.token, key);
  if (!drawn) return refuse({ code: 'captcha_wrong' });
  if (drawn.expiresAt <= now) return refuse({ code: 'captcha_expired' });
  const answerHash = createHmac('sha256', deriveKeyFor('drawn answer', key))
    .update(`${drawn.id} ${drawn.digits}`)
    .digest('hex');
  return ok({
    answered: { id: drawn.id, kind: 'drawn' as const, answerHash, expiresAt: drawn.expiresAt },
    right: plainDigits(answer.digits) === drawn.digits,
  });
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a person typed, without spaces, and with full-width digits (１２３) as plain ones. */
function plainDigits(typed: string): string {
  return typed.slice(0, 40).normalize('NFKC').replace(/[\s-]/g, '');
}
