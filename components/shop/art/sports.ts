import { body, box, circle, type Drawings, deep, drawing, line, tint, wash } from './shapes';

export const SPORTS: Drawings = {
  tent: drawing(
    'jade',
    tint('M88 46l46 80H98z'),
    body('M88 46L30 126h68z'),
    deep('M82 78L58 126h30z'),
    line('M88 46l-6-10M88 46l4-10', 'M30 126l-12 4M134 126l10 4', 'M82 78c4 16 6 32 6 48', 'M24 130h112'),
    line('M104 74l14 52'),
  ),
  racket: drawing(
    'amber',
    body('M40 56C36 36 52 24 68 30C88 38 96 60 86 74C72 84 46 78 40 56z'),
    line('M50 38l34 38M44 50l26 28M60 30l30 34M76 36L48 68M86 48L58 76M64 30L42 54'),
    line('M86 74l10 12'),
    deep('M94 82l8 8 22 30a6 6 0 0 1-8 8L94 98z'),
    body('M52 112l16-8 8 20-10 6z'),
    tint('M66 130l10-6c5 3 5 9 1 11s-9 0-11-5z'),
    line('M58 109l11 18M63 106l10 19'),
  ),
  bottle: drawing(
    'teal',
    body(box([56, 58, 48, 74], 10)),
    tint('M62 40a4 4 0 0 1 4-4h28a4 4 0 0 1 4 4v18H62z'),
    wash(box([56, 76, 48, 30])),
    deep('M66 28h28v8H66z'),
    line('M56 76h48M56 106h48', 'M66 98l10-14 7 8 5-6 8 12', 'M62 48h36', 'M64 116v6'),
    line('M104 84c10 0 14 6 14 16'),
  ),
  mat: drawing(
    'plum',
    tint('M60 114h74l-6 16H54z'),
    body('M44 48h60a20 20 0 0 1 20 20v46a20 20 0 0 1-20 16H44z'),
    line('M44 130a20 41 0 0 1 0-82'),
    body('M24 89a20 41 0 1 0 40 0a20 41 0 1 0-40 0z'),
    deep('M34 89a10 24 0 1 0 20 0a10 24 0 1 0-20 0z'),
    line('M42 89c0-8 5-8 5 0s-3 12-5 10', 'M84 48c6 20 6 62 0 82M92 48c6 20 6 62 0 82'),
  ),
  backpack: drawing(
    'amber',
    line('M62 44c0-18 36-18 36 0'),
    tint('M40 78h-8a6 6 0 0 0-6 6v28a6 6 0 0 0 6 6h8zM120 78h8a6 6 0 0 1 6 6v28a6 6 0 0 1-6 6h-8z'),
    body('M40 72c0-22 16-32 40-32s40 10 40 32v48a12 12 0 0 1-12 12H52a12 12 0 0 1-12-12z'),
    deep('M52 92h56v24a8 8 0 0 1-8 8H60a8 8 0 0 1-8-8z'),
    tint('M44 60c10-8 62-8 72 0l-4 18H48z'),
    line('M52 104h56M76 100v8', 'M66 62v24M94 62v24', circle(80, 54, 3)),
  ),
};
