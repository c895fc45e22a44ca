import { body, box, circle, type Drawings, deep, drawing, ellipse, line, tint, wash } from './shapes';

export const BEAUTY: Drawings = {
  jar: drawing(
    'rose',
    body('M38 78h84v38a14 14 0 0 1-14 14H52a14 14 0 0 1-14-14z'),
    tint('M42 54a6 6 0 0 1 6-6h64a6 6 0 0 1 6 6v24H42z'),
    deep('M80 92c-6 2-8 8-4 12c-8-2-12 4-8 10c4 4 10 2 12-4c2 6 8 8 12 4c4-6 0-12-8-10c4-4 2-10-4-12z'),
    line('M42 68h76', 'M54 55v5M62 55v5', 'M48 92v18c0 6 3 9 7 10'),
    line('M80 40v-8M68 41l-4-7M92 41l4-7'),
  ),
  dropper: drawing(
    'clay',
    body('M58 76c0-8 12-8 12-16h20c0 8 12 8 12 16v44a10 10 0 0 1-10 10H68a10 10 0 0 1-10-10z'),
    wash('M61 88h38v32a8 8 0 0 1-8 8H69a8 8 0 0 1-8-8z'),
    deep(box([66, 46, 28, 14], 3)),
    tint('M72 46c-2-14 0-24 8-24s10 10 8 24z'),
    line('M80 60v44', 'M77 104c0 4 6 4 6 0', 'M66 53h28', 'M64 96v16'),
    tint('M122 92c-8 10-8 18 0 20c8-2 8-10 0-20z'),
  ),
  brushes: drawing(
    'olive',
    tint('M68 60h10v70a5 5 0 0 1-10 0zM98 56h10v74a5 5 0 0 1-10 0z'),
    body('M52 64h10v66a5 5 0 0 1-10 0zM83 58h10v72a5 5 0 0 1-10 0z'),
    deep('M50 40h14v24H50zM81 34h14v24H81z'),
    body('M66 36h14v24H66zM96 32h14v24H96z'),
    line('M55 40v14M60 40v14M71 36v14M76 36v14M86 34v14M91 34v14M101 32v14M106 32v14'),
    line('M46 112h70'),
  ),
  pump: drawing(
    'jade',
    line('M80 52V36M80 36H58c-6 0-8 4-8 10'),
    body('M54 70c0-6 8-6 14-8h24c6 2 14 2 14 8v50a10 10 0 0 1-10 10H64a10 10 0 0 1-10-10z'),
    deep(box([70, 50, 20, 12], 3)),
    tint(box([72, 28, 22, 10], 5)),
    wash(box([54, 84, 52, 30])),
    line(
      'M54 84h52M54 114h52',
      'M80 110V90M80 98c-8 0-10-6-10-8c6 0 10 4 10 8zM80 104c8 0 10-6 10-8c-6 0-10 4-10 8z',
    ),
  ),
  tube: drawing(
    'amber',
    tint('M94 46h26l-4 66h-18z'),
    body('M98 112h18v12a4 4 0 0 1-4 4h-10a4 4 0 0 1-4-4z'),
    body('M48 36h36l-6 78H54z'),
    deep('M54 114h24v14a4 4 0 0 1-4 4H58a4 4 0 0 1-4-4z'),
    wash('M50 58h32l-2 34H52z'),
    line('M48 44h36', circle(66, 74, 10), 'M66 64v20M57 79l18-10M57 69l18 10', 'M100 66h14M101 76h12'),
    line(ellipse(130, 124, [6, 3])),
  ),
};
