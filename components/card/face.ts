import { randomFrom, ringSector } from '@/components/ui/rosette';

/** The engraving of one card, in the coordinates of a 560 × 353 face (the proportions of ISO/IEC 7810 ID-1). */
export interface CardEngraving {
  /** One path per layer of the rosette: a single sector of it, drawn around the origin. */
  paths: string[];
  /** How often each path is turned around the origin to close its ring; same order as `paths`. */
  folds: number[];
  /** Where the rosette's centre lies on the face. */
  centre: { x: number; y: number };
}

export const FACE_WIDTH = 560;
export const FACE_HEIGHT = 353;

/**
 * A guilloche rosette computed from a card's public id: several rings of interlaced waves, as on a banknote. The same
 * id gives the same engraving everywhere, and different ids give different ones, so a copy shows. Not a secret and no
 * proof: the id is public.
 */
export function cardFace(publicId: string): CardEngraving {
  const random = randomFrom(publicId);
  const pick = (low: number, high: number) => low + (high - low) * random();
  const choose = (choices: readonly number[]) => choices[Math.floor(random() * choices.length)] ?? 0;

  const fold = choose([9, 10, 11, 12, 13, 14]);
  const lean = pick(-0.5, 0.5);
  const reach = pick(206, 236);
  const bounds = [0.1, pick(0.3, 0.36), pick(0.56, 0.64), 1].map((share) => share * reach);
  const rings = [
    { fold, waves: choose([0.5, 1]), strands: 6, swell: pick(0.12, 0.3), bend: lean },
    { fold, waves: choose([1, 1.5]), strands: 8, swell: pick(0.08, 0.2), bend: -lean },
    { fold: fold * 2, waves: choose([0.5, 1]), strands: 12, swell: pick(0.05, 0.12), bend: lean * 1.4 },
  ].map((shape, index) => ({
    ...shape,
    inner: bounds[index] ?? 0,
    outer: (bounds[index + 1] ?? 0) * 1.06,
    phase: pick(0, 2 * Math.PI),
    ripple: pick(0.1, 0.34),
  }));
  return {
    paths: rings.map(ringSector),
    folds: rings.map((ring) => ring.fold),
    centre: { x: Math.round(pick(392, 448)), y: Math.round(pick(120, 236)) },
  };
}
