export type Point = readonly [x: number, y: number];

/** The strokes of a digit (0–9) as polylines in a box one wide and 1.6 high, drawn the way a hand writes them. */
export function strokesOf(digit: string): readonly (readonly Point[])[] {
  return STROKES[digit] ?? [];
}

/** Part of an ellipse around (cx, cy), from one angle to another; 0° points right, 90° down. */
function arc([cx, cy]: Point, [rx, ry]: Point, [fromDeg, toDeg]: Point): Point[] {
  const steps = Math.max(2, Math.ceil(Math.abs(toDeg - fromDeg) / 15));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = ((fromDeg + ((toDeg - fromDeg) * step) / steps) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)] as const;
  });
}

const STROKES: Record<string, readonly (readonly Point[])[]> = {
  '0': [arc([0.5, 0.8], [0.42, 0.78], [0, 360])],
  '1': [
    [
      [0.16, 0.36],
      [0.54, 0.02],
      [0.54, 1.58],
    ],
    [
      [0.2, 1.58],
      [0.88, 1.58],
    ],
  ],
  '2': [[...arc([0.5, 0.46], [0.4, 0.44], [190, 395]), [0.08, 1.58], [0.94, 1.58]]],
  '3': [[...arc([0.47, 0.4], [0.37, 0.38], [200, 440]), ...arc([0.47, 1.17], [0.42, 0.41], [-88, 160])]],
  '4': [
    [
      [0.7, 1.58],
      [0.7, 0.02],
      [0.04, 1.12],
      [0.98, 1.12],
    ],
  ],
  '5': [[[0.88, 0.03], [0.2, 0.03], [0.14, 0.72], ...arc([0.46, 1.08], [0.44, 0.49], [-130, 145])]],
  '6': [[[0.78, 0.03], [0.4, 0.4], [0.14, 0.86], ...arc([0.5, 1.14], [0.42, 0.44], [-170, 190])]],
  '7': [
    [
      [0.06, 0.03],
      [0.94, 0.03],
      [0.4, 1.58],
    ],
  ],
  '8': [arc([0.5, 0.42], [0.36, 0.39], [0, 360]), arc([0.5, 1.19], [0.43, 0.39], [0, 360])],
  '9': [[[0.22, 1.57], [0.6, 1.2], [0.86, 0.74], ...arc([0.5, 0.46], [0.42, 0.44], [10, 370])]],
};
