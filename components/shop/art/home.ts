import { body, box, type Drawings, deep, drawing, ellipse, line, poly, tint, wash } from './shapes';

export const HOME: Drawings = {
  mug: drawing(
    'jade',
    line('M108 78c16-4 24 4 22 16s-14 20-26 16', 'M107 86c9-2 14 2 13 9s-8 11-15 9'),
    body('M44 64h64c2 24 0 44-6 58a8 8 0 0 1-8 6H58a8 8 0 0 1-8-6c-6-14-8-34-6-58z'),
    wash('M45 66h62c1 10 0 20-1 28c-8 8-14-2-22 4s-12 6-18-2s-14 4-20-4c-2-8-2-18-1-26z'),
    tint(ellipse(76, 64, [32, 8])),
    line('M66 46c-4-6 4-8 0-16M82 46c-4-6 4-8 0-16', 'M56 108c2 6 3 9 5 12'),
  ),
  bedding: drawing(
    'slate',
    body('M34 126V62a8 8 0 0 1 8-8h76a8 8 0 0 1 8 8v64'),
    tint(box([46, 64, 32, 22], 8), box([82, 64, 32, 22], 8)),
    deep('M28 92c18-8 34 6 52 0s34-6 52 0v26a6 6 0 0 1-6 6H34a6 6 0 0 1-6-6z'),
    line('M28 104c18-8 34 6 52 0s34-6 52 0', 'M36 124v8M124 124v8', 'M54 74h10M90 74h10'),
  ),
  pot: drawing(
    'rose',
    deep('M36 78h88v34a18 18 0 0 1-18 18H54a18 18 0 0 1-18-18z'),
    tint('M40 72c6-16 22-22 40-22s34 6 40 22z'),
    body(box([32, 70, 96, 10], 5)),
    line('M70 50c0-12 20-12 20 0', 'M36 90H24c-2 0-2 12 0 12h12M124 90h12c2 0 2 12 0 12h-12'),
    line('M48 96v12c0 6 4 10 10 10', 'M68 34c-4-5 4-7 0-13M92 34c-4-5 4-7 0-13'),
  ),
  towels: drawing(
    'teal',
    body(box([34, 104, 92, 26], 10)),
    tint(box([38, 78, 84, 26], 10)),
    body(box([44, 52, 72, 26], 10)),
    deep('M88 52h18v26H88zM94 78h18v26H94zM98 104h18v26H98z'),
    line('M44 65h34M38 91h46M34 117h54', 'M54 52c-8 6-8 20 0 26'),
  ),
  lamp: drawing(
    'amber',
    wash(
      poly([
        [74, 66],
        [124, 52],
        [136, 128],
        [60, 128],
      ]),
    ),
    line('M58 124V84L92 46'),
    deep('M80 52l20-20 26 20-28 24z'),
    body(ellipse(58, 126, [26, 6])),
    tint('M53 84a5 5 0 1 0 10 0a5 5 0 1 0-10 0z'),
    line('M92 62c4-1 8 1 12 6', 'M46 126h10'),
  ),
};
