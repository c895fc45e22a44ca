import type { GiftTheme } from '@/lib/gifts/model';

/** The drawing of a theme in one line, in the text's colour unless its ground says otherwise. Decorative. */
export function ThemeMotif({ theme, className }: { theme: GiftTheme; className?: string }) {
  return (
    <svg
      viewBox="0 0 120 120"
      aria-hidden="true"
      className={`fill-none stroke-current stroke-2 text-cinnabar forced-colors:hidden ${className ?? ''}`}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {MOTIF_PATHS[theme].map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}

/** The ground of a theme's envelope: paper, its shade, and the gold or ink that is printed on it. */
export const THEME_GROUNDS: Readonly<
  Record<GiftTheme, { readonly paper: string; readonly shade: string; readonly print: string }>
> = {
  everyday: { paper: '#a8382c', shade: '#8b2a20', print: '#f3d9a4' },
  birthday: { paper: '#6d4c91', shade: '#573a77', print: '#f3d9a4' },
  thanks: { paper: '#1f6f5c', shade: '#175747', print: '#e9e0b8' },
  spring: { paper: '#b3261e', shade: '#941b14', print: '#f6d27c' },
  moon: { paper: '#2b4a77', shade: '#20395e', print: '#f0dfb0' },
  wedding: { paper: '#a31c3c', shade: '#85142f', print: '#f6d27c' },
};

export const MOTIF_PATHS: Readonly<Record<GiftTheme, readonly string[]>> = {
  // A knot of good wishes.
  everyday: [
    'M60 20 L100 60 L60 100 L20 60 Z',
    'M46 34 L86 74 M34 46 L74 86 M74 34 L34 74 M86 46 L46 86',
    'M60 100 V118 M54 104 V116 M66 104 V116',
    'M60 20 V4',
  ],
  // A cake with one candle.
  birthday: [
    'M24 100 H96 V70 Q96 62 88 62 H32 Q24 62 24 70 Z',
    'M24 80 Q36 90 48 80 T72 80 T96 80',
    'M60 62 V42',
    'M60 22 Q68 32 60 40 Q52 32 60 22 Z',
    'M14 100 H106',
  ],
  // Two leaves on one twig.
  thanks: [
    'M60 112 Q58 70 62 34',
    'M60 84 Q26 82 22 48 Q56 48 60 84 Z',
    'M61 62 Q94 58 98 24 Q64 28 61 62 Z',
    'M34 60 Q50 68 60 84 M86 36 Q70 46 61 62',
  ],
  // A lantern.
  spring: [
    'M60 8 V22 M44 22 H76 M44 90 H76',
    'M44 22 Q10 56 44 90 M76 22 Q110 56 76 90',
    'M60 22 Q40 56 60 90 M60 22 Q80 56 60 90',
    'M60 90 V100 M52 100 H68 M54 100 V116 M60 100 V118 M66 100 V116',
  ],
  // The moon over osmanthus.
  moon: [
    'M60 14 A44 44 0 1 1 59.9 14',
    'M20 92 Q46 84 66 96 T104 90',
    'M78 44 Q84 50 78 56 Q72 50 78 44 M88 58 Q94 62 88 68 Q82 62 88 58 M70 62 Q76 66 70 72 Q64 66 70 62',
    'M98 36 Q84 52 82 80',
  ],
  // Double happiness, as paper is cut.
  wedding: [
    'M14 24 H54 M34 14 V36 M20 36 H48 M20 46 H48 V58 H20 Z M26 58 L22 68 M42 58 L46 68 M12 68 H56 M20 78 H48 V96 H20 Z',
    'M66 24 H106 M86 14 V36 M72 36 H100 M72 46 H100 V58 H72 Z M78 58 L74 68 M94 58 L98 68 M64 68 H108 M72 78 H100 V96 H72 Z',
    'M56 68 H64',
  ],
};
