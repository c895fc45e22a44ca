/**
 * One piece of a drawing, on a square of 160 units: its outline, and what it is filled with. `wash` is a patch of colour
 * without an outline, `line` an outline without colour.
 */
export interface Shape {
  readonly fill: 'body' | 'tint' | 'deep' | 'wash' | 'line';
  readonly d: string;
}

/** The colour families of the drawings (product-art.css). */
export type Palette = 'rose' | 'clay' | 'amber' | 'olive' | 'jade' | 'teal' | 'slate' | 'indigo' | 'plum';

/** What a product looks like: its own colour on its department's ground. */
export interface Drawing {
  readonly palette: Palette;
  readonly shapes: readonly Shape[];
}

/** A department's drawings by name. */
export type Drawings = Readonly<Record<string, Drawing>>;

export function drawing(palette: Palette, ...shapes: readonly Shape[]): Drawing {
  return { palette, shapes };
}

export const body = (...paths: readonly string[]): Shape => ({ fill: 'body', d: paths.join('') });
export const tint = (...paths: readonly string[]): Shape => ({ fill: 'tint', d: paths.join('') });
export const deep = (...paths: readonly string[]): Shape => ({ fill: 'deep', d: paths.join('') });
export const wash = (...paths: readonly string[]): Shape => ({ fill: 'wash', d: paths.join('') });
export const line = (...paths: readonly string[]): Shape => ({ fill: 'line', d: paths.join('') });

export function circle(cx: number, cy: number, r: number): string {
  return ellipse(cx, cy, [r, r]);
}

export function ellipse(cx: number, cy: number, [rx, ry]: readonly [number, number]): string {
  return `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`;
}

/** A rectangle `[x, y, width, height]` with rounded corners. */
export function box([x, y, w, h]: readonly [number, number, number, number], r = 0): string {
  if (r === 0) return `M${x} ${y}h${w}v${h}h${-w}z`;
  const corner = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return (
    `M${x + r} ${y}h${w - 2 * r}${corner(r, r)}v${h - 2 * r}${corner(-r, r)}` +
    `h${2 * r - w}${corner(-r, -r)}v${2 * r - h}${corner(r, -r)}z`
  );
}

/** A closed or open polygon through the points. */
export function poly(points: readonly (readonly [number, number])[], closed = true): string {
  return `M${points.map(([x, y]) => `${x} ${y}`).join('L')}${closed ? 'z' : ''}`;
}
