import type { GiftTheme } from '@/lib/gifts/model';
import { MOTIF_PATHS, THEME_GROUNDS } from './theme-motif';

/** The parts of an envelope in a theme's colours, drawn one over the other; the card lies between back and front. */
export function envelopeOf(theme: GiftTheme) {
  const { paper, shade, print } = THEME_GROUNDS[theme];
  return {
    back: (
      <Sheet className="envelope-back">
        <rect width="600" height="360" rx="20" fill={shade} />
        <rect
          x="12"
          y="12"
          width="576"
          height="336"
          rx="12"
          fill="none"
          stroke={print}
          strokeOpacity="0.35"
        />
      </Sheet>
    ),
    flap: (
      <Sheet className="">
        <path d="M20 0 H580 Q600 0 590 16 L320 212 Q300 226 280 212 L10 16 Q0 0 20 0 Z" fill={paper} />
        <path
          d="M20 0 H580 Q600 0 590 16 L320 212 Q300 226 280 212 L10 16 Q0 0 20 0 Z"
          fill="#000"
          fillOpacity="0.08"
        />
        <path d="M34 14 L288 198 Q300 206 312 198 L566 14" fill="none" stroke={print} strokeOpacity="0.55" />
      </Sheet>
    ),
    front: (
      <Sheet className="envelope-front">
        <path
          d="M0 24 L270 200 Q300 218 330 200 L600 24 V340 Q600 360 580 360 H20 Q0 360 0 340 Z"
          fill={paper}
        />
        <g
          transform="translate(246 232)"
          fill="none"
          stroke={print}
          strokeWidth="2.4"
          strokeLinecap="round"
          strokeLinejoin="round"
          opacity="0.9"
        >
          {MOTIF_PATHS[theme].map((path) => (
            <path key={path} d={path} transform="scale(0.9)" />
          ))}
        </g>
      </Sheet>
    ),
  };
}

function Sheet({ className, children }: { className: string; children: React.ReactNode }) {
  return (
    <svg viewBox="0 0 600 360" aria-hidden="true" className={`${className} block w-full`}>
      {children}
    </svg>
  );
}
