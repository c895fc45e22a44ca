import { body, box, circle, type Drawings, deep, drawing, line, poly, tint, wash } from './shapes';

export const BOOKS: Drawings = {
  book: drawing(
    'jade',
    body('M112 32h6a4 4 0 0 1 4 4v92a4 4 0 0 1-4 4h-6z'),
    tint('M44 28h68a4 4 0 0 1 4 4v92a4 4 0 0 1-4 4H44z'),
    deep('M38 32a4 4 0 0 1 4-4h14v100H42a4 4 0 0 1-4-4z'),
    body(box([66, 44, 38, 30], 2)),
    line('M70 68l10-14 7 9 5-6 8 11', 'M68 86h34M68 94h22', 'M44 40v76M50 40v76'),
  ),
  atlas: drawing(
    'indigo',
    tint('M34 38a6 6 0 0 1 6-6h80a6 6 0 0 1 6 6v84a6 6 0 0 1-6 6H40a6 6 0 0 1-6-6z'),
    body(circle(80, 78, 34)),
    deep('M80 44a34 34 0 0 1 29.400 51A46 46 0 0 1 80 44z'),
    line(
      'M62 66l10 12 16-4 8 18M72 78l-6 20',
      circle(62, 66, 2),
      circle(72, 78, 2),
      circle(88, 74, 2),
      circle(96, 92, 2),
      circle(66, 98, 2),
    ),
    line('M46 120h22M102 120h12', 'M52 52v6M49 55h6'),
  ),
  notebook: drawing(
    'clay',
    tint('M62 38h62v92H62z'),
    deep('M50 34h62v92H50z'),
    body('M38 30h62v92H38z'),
    line('M46 30v92', 'M42 42h8M42 58h8M42 74h8M42 90h8M42 106h8'),
    wash(box([58, 46, 32, 20], 2)),
    line(box([58, 46, 32, 20], 2), 'M64 56h20'),
    line(
      'M60 84h.1M70 84h.1M80 84h.1M90 84h.1M60 94h.1M70 94h.1M80 94h.1M90 94h.1M60 104h.1M70 104h.1M80 104h.1M90 104h.1',
    ),
  ),
  pen: drawing(
    'amber',
    tint('M112 28l20 20-46 46-20-20z'),
    deep('M98 42l20 20-8 8-20-20z'),
    body('M66 74l20 20-10 10-24 10-6-6 10-24z'),
    line('M52 108l18-18', circle(72, 88, 3), 'M44 116c-12 10-16 4-22 14', 'M118 34l8 8'),
    body('M98 104h32v20a6 6 0 0 1-6 6h-20a6 6 0 0 1-6-6z'),
    wash('M100 114h28v10a4 4 0 0 1-4 4h-20a4 4 0 0 1-4-4z'),
    deep(box([104, 94, 20, 10], 2)),
  ),
  paints: drawing(
    'plum',
    body('M28 76h104v48a6 6 0 0 1-6 6H34a6 6 0 0 1-6-6z'),
    tint(
      poly([
        [36, 46],
        [124, 46],
        [132, 76],
        [28, 76],
      ]),
    ),
    deep(box([38, 86, 14, 14], 3), box([76, 86, 14, 14], 3), box([57, 106, 14, 14], 3)),
    tint(box([57, 86, 14, 14], 3), box([38, 106, 14, 14], 3), box([95, 106, 14, 14], 3)),
    body(box([95, 86, 14, 14], 3), box([76, 106, 14, 14], 3)),
    line('M48 66c6-8 16-8 22 0M84 66c6-8 16-8 22 0'),
    body('M140 34l6 6-24 62-8 8 2-12z'),
    line('M132 54l6 4'),
  ),
};
