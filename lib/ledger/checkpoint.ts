import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { ok, type Result, refuse } from '@/lib/kernel';
import type { SealReport } from './verify-seals';

const FORMAT = 'kabao-checkpoint-1';
const digits = z.string().regex(/^\d+$/);
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

const checkpointSchema = z.object({
  format: z.literal(FORMAT),
  /** The number of the last seal, and how many transfers are sealed up to and with it. */
  seal: digits,
  transfers: digits,
  /** The chain after it: two ledgers with the same chain have the same transfers in the same order. */
  chain: hex(32),
  sealedAt: z.string(),
  signedAt: z.string(),
  /** Ed25519 (RFC 8032). Whoever checks must know this key from elsewhere. */
  publicKey: hex(32),
  signature: hex(64),
});

/** A signed statement about a whole ledger: whoever keeps it notices when anything before it is rewritten. */
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** Signs the end of a chain that was just verified. `seed` is the private key: 32 random bytes. */
export function signCheckpoint(report: SealReport, seed: Buffer, now: Date): Checkpoint {
  const content = {
    format: FORMAT,
    seal: String(report.seals),
    transfers: String(report.sealed),
    chain: report.chain,
    sealedAt: report.sealedAt ?? '',
    signedAt: now.toISOString(),
  } as const;
  const key = privateKeyOf(seed);
  const signature = sign(null, signedText(content), key).toString('hex');
  return { ...content, publicKey: publicKeyHex(key), signature };
}

export type CheckpointRefusal = { readonly code: 'not_a_checkpoint' | 'signature_wrong' | 'another_key' };

/** Reads a checkpoint and checks its signature; with `seed` also that this key made it. */
export function readCheckpoint(text: string, seed: Buffer | null): Result<Checkpoint, CheckpointRefusal> {
  const parsed = checkpointSchema.safeParse(jsonOf(text));
  if (!parsed.success) return refuse({ code: 'not_a_checkpoint' });
  const { publicKey, signature } = parsed.data;
  if (seed && publicKey !== publicKeyHex(privateKeyOf(seed))) return refuse({ code: 'another_key' });
  const key = createPublicKey({ key: ed25519(SPKI_PREFIX, publicKey), format: 'der', type: 'spki' });
  const isGenuine = verify(null, signedText(parsed.data), key, Buffer.from(signature, 'hex'));
  return isGenuine ? ok(parsed.data) : refuse({ code: 'signature_wrong' });
}

function signedText(content: Omit<Checkpoint, 'publicKey' | 'signature'>): Buffer {
  const { format, seal, transfers, chain, sealedAt, signedAt } = content;
  return Buffer.from(JSON.stringify([format, seal, transfers, chain, sealedAt, signedAt]));
}

/** The headers of RFC 8410 before the 32 bytes of a key. */
const PKCS8_PREFIX = '302e020100300506032b657004220420';
const SPKI_PREFIX = '302a300506032b6570032100';

function privateKeyOf(seed: Buffer): KeyObject {
  return createPrivateKey({ key: ed25519(PKCS8_PREFIX, seed.toString('hex')), format: 'der', type: 'pkcs8' });
}

function publicKeyHex(key: KeyObject): string {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
}

function ed25519(prefix: string, key: string): Buffer {
  return Buffer.from(prefix + key, 'hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
