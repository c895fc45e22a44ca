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

/** A ring between two radii, filled by strands that swing from one edge to the other. */
interface Ring {
  /** Sectors in the ring; every function of the angle repeats that often. */
  fold: number;
  /** Swings of a strand within one sector; `waves × strands` is whole, so that strands meet at the seams. */
  waves: number;
  strands: number;
  inner: number;
  outer: number;
  /** How deep the ring's outer edge is scalloped, as a share of its radius. */
  swell: number;
  /** A second, finer swing laid over the first. */
  ripple: number;
  /** How far the strands lean over, in sectors. */
  bend: number;
  phase: number;
}

function ringSector(ring: Ring): string {
  const steps = Math.max(4, Math.round(ring.waves * 5));
  let path = '';
  for (let strand = 0; strand < ring.strands; strand++) {
    path += strandPath((t) => pointOf(ring, strand, t), steps);
  }
  return path;
}

/** `t` runs from 0 to 1 across the sector. */
function pointOf(ring: Ring, strand: number, t: number): Point {
  const turn = 2 * Math.PI * t;
  const edge = ring.outer * (1 - ring.swell * 0.5 * (1 + Math.cos(turn)));
  const swing = turn * ring.waves + (2 * Math.PI * strand) / ring.strands + ring.phase;
  const share = 0.5 + 0.5 * Math.sin(swing + ring.ripple * Math.sin(2 * swing));
  const radius = ring.inner + (edge - ring.inner) * share;
  const angle = (turn + ring.bend * 2 * Math.PI * share) / ring.fold;
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
}

interface Point {
  x: number;
  y: number;
}

/** A smooth curve through `steps + 1` points as relative cubics (Hermite form), to a tenth of a unit. */
function strandPath(at: (t: number) => Point, steps: number): string {
  const start = at(0);
  let [x, y] = [tenths(start.x), tenths(start.y)];
  let path = `M${decimal(x)} ${decimal(y)}c`;
  for (let step = 0; step < steps; step++) {
    const [from, to] = [step / steps, (step + 1) / steps];
    const [leave, arrive, end] = [slope(at, from), slope(at, to), at(to)];
    const third = 1 / (3 * steps);
    const numbers = [
      tenths(at(from).x + leave.x * third) - x,
      tenths(at(from).y + leave.y * third) - y,
      tenths(end.x - arrive.x * third) - x,
      tenths(end.y - arrive.y * third) - y,
      tenths(end.x) - x,
      tenths(end.y) - y,
    ];
    path += numbers.map((value, index) => separated(value, step + index > 0)).join('');
    [x, y] = [tenths(end.x), tenths(end.y)];
  }
  return path;
}

function slope(at: (t: number) => Point, t: number): Point {
  const h = 1e-4;
  const [before, after] = [at(t - h), at(t + h)];
  return { x: (after.x - before.x) / (2 * h), y: (after.y - before.y) / (2 * h) };
}

function tenths(value: number): number {
  return Math.round(value * 10);
}

/** A minus separates by itself, which SVG allows and which keeps the path short. */
function separated(value: number, needed: boolean): string {
  return value < 0 || !needed ? decimal(value) : ` ${decimal(value)}`;
}

function decimal(value: number): string {
  return (value / 10).toString().replace(/^(-?)0\./, '$1.');
}

/** Numbers in [0, 1) that follow from the text alone: FNV-1a to a seed, then xorshift with a final mix. */
function randomFrom(text: string): () => number {
  let state = 2166136261;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619);
  state ||= 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const mixed = Math.imul(state ^ (state >>> 16), 2246822507);
    return ((mixed ^ (mixed >>> 13)) >>> 0) / 4294967296;
  };
}
