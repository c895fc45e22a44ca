import { body, box, circle, type Drawings, deep, drawing, ellipse, line, poly, tint, wash } from './shapes';

export const GOLD: Drawings = {
  'bar-small': drawing(
    'amber',
    body(box([44, 26, 72, 108], 8)),
    line('M54 38h30M54 46h18', box([100, 36, 8, 8], 2)),
    tint(box([60, 56, 40, 58], 4)),
    deep(box([66, 62, 28, 46], 2)),
    line('M72 72h16M72 80h16', circle(80, 95, 7), 'M54 124h52'),
  ),
  bar: drawing(
    'amber',
    deep(
      poly([
        [124, 78],
        [138, 118],
        [124, 128],
        [112, 86],
      ]),
    ),
    tint(
      poly([
        [44, 86],
        [112, 86],
        [124, 128],
        [26, 128],
      ]),
    ),
    body(
      poly([
        [58, 74],
        [124, 76],
        [112, 86],
        [44, 86],
      ]),
    ),
    line('M56 98h44M52 108h28', circle(100, 114, 6)),
    line('M64 58l-4-10M84 54V42M104 58l5-10'),
  ),
  'bar-stack': drawing(
    'amber',
    tint(
      poly([
        [30, 104],
        [72, 104],
        [80, 130],
        [20, 130],
      ]),
    ),
    deep(
      poly([
        [88, 104],
        [130, 104],
        [140, 130],
        [78, 130],
      ]),
    ),
    body(
      poly([
        [58, 76],
        [102, 76],
        [110, 104],
        [48, 104],
      ]),
    ),
    wash(
      poly([
        [64, 84],
        [96, 84],
        [100, 96],
        [60, 96],
      ]),
    ),
    line('M68 90h24', 'M36 116h24M98 116h24', 'M80 62V50M60 66l-6-10M100 66l6-10'),
  ),
  beans: drawing(
    'amber',
    body('M52 54h56v6c10 4 14 10 14 20v40a12 12 0 0 1-12 12H50a12 12 0 0 1-12-12V80c0-10 4-16 14-20z'),
    tint(box([50, 36, 60, 18], 5)),
    line('M60 36v18M72 36v18M84 36v18M96 36v18'),
    deep(ellipse(60, 118, [10, 8]), ellipse(100, 118, [10, 8]), ellipse(70, 103, [10, 8])),
    tint(ellipse(80, 119, [10, 8]), ellipse(91, 103, [10, 8]), ellipse(80, 89, [10, 8])),
    line(
      'M56 116c2-3 5-3 7-1M76 117c2-3 5-3 7-1M96 116c2-3 5-3 7-1M76 87c2-3 5-3 7-1',
      'M46 84c0-6 2-9 5-12',
    ),
  ),
};
