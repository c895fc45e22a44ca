import type { Database } from '../database';

/** What every operation of this domain is given. `key` is the server's captcha key (32 bytes). */
export interface CaptchaContext {
  readonly db: Database;
  readonly now: Date;
  readonly key: Buffer;
}

/**
 * Why a form does not pass:
 * - `captcha_missing`: neither a proof nor digits came along (no JavaScript, or sent before the proof was ready);
 * - `captcha_wrong`: other digits, or a proof that we did not ask for or that is no proof;
 * - `captcha_expired`: right or wrong, it came too late;
 * - `captcha_used`: it passed before, or its tries are used up.
 */
export type CaptchaRefusal = {
  readonly code: 'captcha_missing' | 'captcha_wrong' | 'captcha_expired' | 'captcha_used';
};

/** A captcha that was answered, as its one row in the database knows it. */
export interface AnsweredCaptcha {
  readonly id: string;
  readonly kind: 'proof-of-work' | 'drawn';
  /** Hash of what the answer is checked against, hex; never the answer itself. */
  readonly answerHash: string;
  readonly expiresAt: Date;
}
