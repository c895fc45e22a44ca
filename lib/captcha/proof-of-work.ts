import { createHash, randomInt } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import { MINUTE_MS, newId, ok, parseId, plusMs, type Result, refuse } from '../kernel';
import { deriveKeyFor } from './keys';
import type { AnsweredCaptcha, CaptchaContext, CaptchaRefusal } from './model';

/** Longer than anybody needs for a form of three fields; the form asks for a new one when it runs out. */
const LIFE_MS = 10 * MINUTE_MS;

/**
 * The work: a counter up to `MOST_STEPS` whose PBKDF2 (of `ROUNDS` rounds) begins as asked. About a second on one core
 * of a cheap phone, a tenth of that on a desk; the server spends one derivation to ask and one HMAC to check.
 */
const ROUNDS = 1_000;
const FEWEST_STEPS = 200;
const MOST_STEPS = 1_000;

export interface ProofOfWorkChallenge {
  readonly parameters: z.infer<typeof payloadSchema>['challenge']['parameters'];
  readonly signature: string;
}

/** Asks for a proof of work (ALTCHA). Signed, so nothing of it is kept until it is answered. */
export async function createProofOfWork({
  now,
  key,
}: Omit<CaptchaContext, 'db'>): Promise<ProofOfWorkChallenge> {
  const challenge = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: ROUNDS,
    counter: randomInt(FEWEST_STEPS, MOST_STEPS),
    deriveKey,
    // Our own expiry, beside the library's: that one reads the machine's clock.
    data: { id: newId('cap'), expiresAt: plusMs(now, LIFE_MS).toISOString() },
    ...signatures(key),
  });
  return payloadSchema.shape.challenge.parse(challenge);
}

/**
 * Checks a solved proof (base64 of JSON, as ALTCHA's clients send it). Refuses `captcha_wrong` for what is not ours or
 * not solved, `captcha_expired` for what came too late. Whether it passed before is for the caller to find out.
 */
export async function checkProofOfWork(
  { now, key }: Omit<CaptchaContext, 'db'>,
  text: string,
): Promise<Result<AnsweredCaptcha, CaptchaRefusal>> {
  const payload = readPayload(text);
  if (!payload) return refuse({ code: 'captcha_wrong' });
  const { challenge, solution } = payload;
  const { verified } = await verifySolution({ challenge, solution, deriveKey, ...signatures(key) });
  const id = parseId('cap', challenge.parameters.data.id);
  if (!verified || !id) return refuse({ code: 'captcha_wrong' });
  const expiresAt = new Date(challenge.parameters.data.expiresAt);
  if (expiresAt <= now) return refuse({ code: 'captcha_expired' });
  const answerHash = createHash('sha256').update(challenge.signature).digest('hex');
  return ok({ id, kind: 'proof-of-work' as const, answerHash, expiresAt });
}

const hex = z
  .string()
  .max(256)
  .regex(/^[0-9a-f]+$/);

const payloadSchema = z.object({
  challenge: z.object({
    parameters: z.strictObject({
      algorithm: z.literal('PBKDF2/SHA-256'),
      cost: z.literal(ROUNDS),
      data: z.strictObject({ id: z.string(), expiresAt: z.iso.datetime() }),
      keyLength: z.literal(32),
      keyPrefix: hex,
      keySignature: hex,
      nonce: hex,
      salt: hex,
    }),
    signature: hex,
  }),
  solution: z.object({ counter: z.number(), derivedKey: hex }),
});

function readPayload(text: string): z.infer<typeof payloadSchema> | null {
  if (text.length > 4_000) return null;
  try {
    return payloadSchema.safeParse(JSON.parse(Buffer.from(text, 'base64').toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

function signatures(key: Buffer) {
  return {
    hmacSignatureSecret: deriveKeyFor('challenge signature', key).toString('hex'),
    hmacKeySignatureSecret: deriveKeyFor('solution signature', key).toString('hex'),
  };
}
