import { useId } from 'react';
import { SEAL_RADIUS } from '@/components/ui/rosette';
import { SealLines } from '@/components/ui/seal';
import { cardFace, FACE_HEIGHT, FACE_WIDTH } from './face';

/** The two colours of a programme's ground, `#rrggbb`; white text on them has at least 4.5:1. */
export interface CardColours {
  from: string;
  to: string;
}

/**
 * The drawn ground of a card: gradient and engraving, as inline SVG without any style attribute. Decorative. In print
 * the ground is left white and the engraving takes the programme's colour; forced colours hide it.
 */
export function Engraving({ publicId, colours }: { publicId: string; colours: CardColours }) {
  const id = useId().replace(/[^\w-]/g, '');
  const { paths, folds, centre } = cardFace(publicId);
  return (
    <svg
      viewBox={`0 0 ${FACE_WIDTH} ${FACE_HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className="card-engraving absolute inset-0 -z-10 size-full forced-colors:hidden"
    >
      <defs>
        <linearGradient id={`${id}g`} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor={colours.from} />
          <stop offset="1" stopColor={colours.to} />
        </linearGradient>
        <linearGradient id={`${id}v`} x1="0" y1="0" x2="1" y2="0">
          <stop offset="0.22" stopColor={colours.from} stopOpacity="0.92" />
          <stop offset="0.72" stopColor={colours.from} stopOpacity="0" />
        </linearGradient>
        <linearGradient id={`${id}f`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0.62" stopColor={colours.from} stopOpacity="0" />
          <stop offset="0.94" stopColor={colours.from} stopOpacity="0.88" />
        </linearGradient>
        {paths.map((path, layer) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the layers of one rosette never change places
          <path key={layer} id={`${id}p${layer}`} d={path} />
        ))}
      </defs>
      <rect className="card-ground" width={FACE_WIDTH} height={FACE_HEIGHT} fill={`url(#${id}g)`} />
      <g
        className="card-lines"
        color={colours.to}
        fill="none"
        stroke="#fff"
        strokeWidth="0.8"
        transform={`translate(${centre.x} ${centre.y})`}
      >
        {folds.map((fold, layer) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the layers of one rosette never change places
          <g key={layer} strokeOpacity={LAYER_OPACITY[layer] ?? 0.25}>
            {turns(fold).map((degrees) => (
              <use key={degrees} href={`#${id}p${layer}`} transform={`rotate(${degrees})`} />
            ))}
          </g>
        ))}
      </g>
      {/* Keeps the engraving out of the way of the words at the left and at the foot. */}
      <rect className="card-ground" width={FACE_WIDTH} height={FACE_HEIGHT} fill={`url(#${id}v)`} />
      <rect className="card-ground" width={FACE_WIDTH} height={FACE_HEIGHT} fill={`url(#${id}f)`} />
    </svg>
  );
}

/** The same card where it is a thumbnail: its ground and one ring, which is all that can be seen at that size. */
export function SmallEngraving({ publicId, colours }: { publicId: string; colours: CardColours }) {
  const id = useId().replace(/[^\w-]/g, '');
  const scale = 150 / SEAL_RADIUS;
  return (
    <svg
      viewBox={`0 0 ${FACE_WIDTH} ${FACE_HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className="card-engraving absolute inset-0 -z-10 size-full forced-colors:hidden"
    >
      <defs>
        <linearGradient id={`${id}g`} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor={colours.from} />
          <stop offset="1" stopColor={colours.to} />
        </linearGradient>
      </defs>
      <rect className="card-ground" width={FACE_WIDTH} height={FACE_HEIGHT} fill={`url(#${id}g)`} />
      <g className="card-lines" opacity="0.5" transform={`translate(430 177) scale(${scale})`}>
        <SealLines seed={publicId} strokeWidth="4" />
      </g>
    </svg>
  );
}

const LAYER_OPACITY = [0.42, 0.38, 0.3] as const;

function turns(fold: number): number[] {
  return Array.from({ length: fold }, (_, index) => Math.round((360_000 * index) / fold) / 1000);
}
