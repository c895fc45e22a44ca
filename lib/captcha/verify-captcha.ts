import { ok, type Result, refuse } from '../kernel';
import { checkDrawnDigits } from './drawn-challenge';
import type { CaptchaContext, CaptchaRefusal } from './model';
import { checkProofOfWork } from './proof-of-work';
import { CAPTCHA_FIELDS } from './schemas';
import { recordAnswer } from './store';

/**
 * Passes a form that carries a solved proof of work, or the digits of a drawn picture: each once, whoever sends it how
 * often at the same time. Digits that a person typed count before a proof that ran in the background.
 * - `form`: the submitted fields (`CAPTCHA_FIELDS`).
 * Refuses as `CaptchaRefusal` says; three wrong answers close a picture.
 */
export async function verifyCaptcha(
  context: CaptchaContext,
  form: FormData,
): Promise<Result<undefined, CaptchaRefusal>> {
  const digits = textOf(form, CAPTCHA_FIELDS.digits);
  if (digits) return verifyDigits(context, { token: textOf(form, CAPTCHA_FIELDS.drawn), digits });
  const proof = textOf(form, CAPTCHA_FIELDS.proof);
  return proof ? verifyProof(context, proof) : refuse({ code: 'captcha_missing' });
}

async function verifyProof(
  context: CaptchaContext,
  proof: string,
): Promise<Result<undefined, CaptchaRefusal>> {
  const checked = await checkProofOfWork(context, proof);
  if (!checked.ok) return checked;
  const first = await recordAnswer(context.db, checked.value, { right: true, now: context.now });
  return first ? ok() : refuse({ code: 'captcha_used' });
}

async function verifyDigits(
  context: CaptchaContext,
  answer: { token: string; digits: string },
): Promise<Result<undefined, CaptchaRefusal>> {
  const checked = checkDrawnDigits(context, answer);
  if (!checked.ok) return checked;
  const { answered, right } = checked.value;
  const counted = await recordAnswer(context.db, answered, { right, now: context.now });
  if (!counted) return refuse({ code: 'captcha_used' });
  return right ? ok() : refuse({ code: 'captcha_wrong' });
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
