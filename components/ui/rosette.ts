/** A ring between two radii, filled by strands that swing from one edge to the other. */
export interface Ring {
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

/** One sector of the ring as a path around the origin; turned `fold` times it closes. */
export function ringSector(ring: Ring): string {
  const steps = Math.max(4, Math.round(ring.waves * 5));
  let path = '';
  for (let strand = 0; strand < ring.strands; strand++) {
    path += strandPath((t) => pointOf(ring, strand, t), steps);
  }
  return path;
}

/** A small rosette of one ring, for a seal or a thumbnail: a sector around the origin and how often it is turned. */
export interface SealEngraving {
  path: string;
  fold: number;
}

export const SEAL_RADIUS = 100;

/** The seal that follows from a text, always the same one: a single ring of a few strands, about a kilobyte drawn. */
export function sealOf(text: string): SealEngraving {
  const random = randomFrom(text);
  const pick = (low: number, high: number) => low + (high - low) * random();
  const fold = 12 + Math.floor(random() * 5);
  const path = ringSector({
    fold,
    waves: 1,
    strands: 4,
    inner: SEAL_RADIUS * pick(0.56, 0.64),
    outer: SEAL_RADIUS,
    swell: pick(0.08, 0.2),
    ripple: pick(0.1, 0.34),
    bend: pick(0.25, 0.6),
    phase: pick(0, 2 * Math.PI),
  });
  return { path, fold };
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
export function randomFrom(text: string): () => number {
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
