import { type Point, strokesOf } from './digit-strokes';
import { openDrawnChallenge } from './drawn-challenge';
import { encodePng } from './png';
import { type SeededNoise, seededNoise } from './seeded-noise';

const WIDTH = 320;
const HEIGHT = 112;
const SHADES = 32;
const PAPER = [250, 247, 242] as const;
const INK = [29, 26, 23] as const;

/**
 * Draws the digits of a token as a PNG of 320×112: ink on its own paper, so it reads the same on a light and a dark
 * page. Bent, turned and crossed by lines. The same token always gives the same picture. `null` for a token that is
 * not ours.
 */
export function drawPicture(token: string, key: Buffer): Buffer | null {
  const drawn = openDrawnChallenge(token, key);
  if (!drawn) return null;
  const noise = seededNoise(drawn.seed, 'picture');
  const darkness = new Float32Array(WIDTH * HEIGHT);
  for (const stroke of bend(placeDigits(drawn.digits, noise), noise)) rub(darkness, stroke);
  for (let line = 0; line < 4; line += 1) rub(darkness, crossingLine(noise));
  const pixels = Uint8Array.from(darkness, (ink) =>
    Math.round(Math.min(1, ink * 0.9 + noise.between(0, 0.15)) * (SHADES - 1)),
  );
  return encodePng({ width: WIDTH, height: HEIGHT, pixels, palette: shades() });
}

/** A polyline in pixels, half of its width, and how dark its ink is (0 to 1). */
interface Stroke {
  readonly points: readonly Point[];
  readonly halfWidth: number;
  readonly ink: number;
}

function placeDigits(digits: string, noise: SeededNoise): Stroke[] {
  const step = (WIDTH - 44) / digits.length;
  return [...digits].flatMap((digit, index) => {
    const scale = noise.between(54, 66) / 1.6;
    const angle = noise.between(-0.24, 0.24);
    const slant = noise.between(-0.22, 0.22);
    const middleX = 22 + step * (index + 0.5) + noise.between(-5, 5);
    const middleY = HEIGHT / 2 + noise.between(-8, 8);
    const halfWidth = noise.between(2.5, 3.5);
    const place = ([x, y]: Point): Point => {
      const [dx, dy] = [(x - 0.5 - (y - 0.8) * slant) * scale, (y - 0.8) * scale];
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      return [middleX + dx * cos - dy * sin, middleY + dx * sin + dy * cos];
    };
    return strokesOf(digit).map((points) => ({ points: points.map(place), halfWidth, ink: 0.95 }));
  });
}

/** A thin wave from edge to edge, through the digits. */
function crossingLine(noise: SeededNoise): Stroke {
  const [from, to] = [noise.between(16, HEIGHT - 16), noise.between(16, HEIGHT - 16)];
  const [swing, length, phase] = [noise.between(5, 14), noise.between(60, 130), noise.between(0, 6.28)];
  const points = Array.from({ length: 41 }, (_, step): Point => {
    const x = (WIDTH * step) / 40;
    return [x, from + ((to - from) * step) / 40 + swing * Math.sin((x / length) * 6.28 + phase)];
  });
  return { points, halfWidth: noise.between(0.8, 1.3), ink: noise.between(0.7, 0.9) };
}

/** Two waves that push every point of the digits a little up, down and aside. */
function bend(strokes: readonly Stroke[], noise: SeededNoise): Stroke[] {
  const wave = (size: number) => {
    const [swing, length, phase] = [noise.sign() * size, noise.between(45, 80), noise.between(0, 6.28)];
    return (at: number) => swing * Math.sin((at / length) * 6.28 + phase);
  };
  const [down, aside] = [wave(noise.between(3, 5)), wave(noise.between(2, 3.5))];
  return strokes.map((stroke) => ({
    ...stroke,
    points: shortSteps(stroke.points).map(([x, y]): Point => [x + aside(y), y + down(x)]),
  }));
}

/** The same line in steps of about four pixels, so that it can be bent. */
function shortSteps(points: readonly Point[]): Point[] {
  return points.flatMap(([x, y], index): Point[] => {
    const [nextX, nextY] = points[index + 1] ?? [x, y];
    const steps = Math.max(1, Math.round(Math.hypot(nextX - x, nextY - y) / 4));
    return Array.from({ length: steps }, (_, step) => [
      x + ((nextX - x) * step) / steps,
      y + ((nextY - y) * step) / steps,
    ]);
  });
}

/** Draws a stroke, soft at its edge; where strokes cross, the darker ink stays. */
function rub(darkness: Float32Array, { points, halfWidth, ink }: Stroke): void {
  points.forEach((to, index) => {
    const from = points[index - 1] ?? to;
    const reach = halfWidth + 1;
    const [left, right] = span(from[0], to[0], reach, WIDTH);
    const [top, bottom] = span(from[1], to[1], reach, HEIGHT);
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) {
        const cover = Math.min(1, halfWidth + 0.5 - distanceToSegment([x, y], from, to));
        const at = y * WIDTH + x;
        if (cover * ink > (darkness[at] ?? 0)) darkness[at] = cover * ink;
      }
    }
  });
}

function span(a: number, b: number, reach: number, size: number): [first: number, last: number] {
  return [
    Math.max(0, Math.floor(Math.min(a, b) - reach)),
    Math.min(size - 1, Math.ceil(Math.max(a, b) + reach)),
  ];
}

function distanceToSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - nearest * dx, y - ay - nearest * dy);
}

function shades(): (readonly [number, number, number])[] {
  const mix = (paper: number, ink: number, part: number) => Math.round(paper + (ink - paper) * part);
  return Array.from({ length: SHADES }, (_, shade) => {
    const part = shade / (SHADES - 1);
    return [mix(PAPER[0], INK[0], part), mix(PAPER[1], INK[1], part), mix(PAPER[2], INK[2], part)] as const;
  });
}
