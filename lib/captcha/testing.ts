import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { invariant } from '../kernel';
import { openDrawnChallenge } from './drawn-challenge';
import type { ProofOfWorkChallenge } from './proof-of-work';
import { CAPTCHA_FIELDS } from './schemas';

/** Does the work that a browser does, and returns the form that it would send. */
export async function solvedForm(challenge: ProofOfWorkChallenge): Promise<FormData> {
  const solution = await solveChallenge({ challenge, deriveKey });
  invariant(solution, 'a challenge of ours can be solved');
  return proofForm({ challenge, solution });
}

export function proofForm(payload: unknown): FormData {
  const form = new FormData();
  form.set(CAPTCHA_FIELDS.proof, Buffer.from(JSON.stringify(payload)).toString('base64'));
  return form;
}

/** The form of a person who reads a picture well; `digits` for one who does not. */
export function drawnForm(token: string, { key, digits }: { key: Buffer; digits?: string }): FormData {
  const form = new FormData();
  form.set(CAPTCHA_FIELDS.drawn, token);
  form.set(CAPTCHA_FIELDS.digits, digits ?? openDrawnChallenge(token, key)?.digits ?? '');
  return form;
}
