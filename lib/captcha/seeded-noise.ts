import { createHash } from 'node:crypto';

/** A stream of numbers that looks random and is the same for the same seed (Marsaglia's xorshift, 128 bits). */
export interface SeededNoise {
  /** Evenly in [from, to). */
  between(from: number, to: number): number;
  /** −1 or 1. */
  sign(): number;
}

/** `purpose` keeps what is drawn apart from what is spoken, though both come of one seed. */
export function seededNoise(seed: Buffer, purpose: string): SeededNoise {
  const state = createHash('sha256').update(purpose).update(seed).digest();
  let [x, y, z, w] = [0, 4, 8, 12].map((offset) => state.readUInt32LE(offset) | 1);
  const next = () => {
    const mixed = (x ?? 1) ^ ((x ?? 1) << 11);
    [x, y, z] = [y, z, w];
    w = (w ?? 1) ^ ((w ?? 1) >>> 19) ^ mixed ^ (mixed >>> 8);
    return (w >>> 0) / 2 ** 32;
  };
  return {
    between: (from, to) => from + (to - from) * next(),
    sign: () => (next() < 0.5 ? -1 : 1),
  };
}
