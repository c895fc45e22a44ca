import { Plus } from 'lucide-react';
import { Icon } from '@/components/ui/icon';
import { SealLines } from '@/components/ui/seal';
import { FACE_HEIGHT, FACE_WIDTH } from './face';

/** Where a card would lie: its outline and the beginning of an engraving. Decorative. */
export function GhostCard() {
  return (
    <span
      aria-hidden="true"
      className="relative mb-2 grid aspect-[1.586] w-full max-w-[280px] place-items-center overflow-hidden rounded-lg border-[1.5px] border-edge/70 border-dashed bg-paper text-ink-2"
    >
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${FACE_WIDTH} ${FACE_HEIGHT}`}
        className="absolute inset-0 size-full opacity-35 forced-colors:hidden"
      >
        <g transform={`translate(${0.82 * FACE_WIDTH} ${FACE_HEIGHT / 2}) scale(1.7)`}>
          <SealLines seed="crd_none" strokeWidth="1" />
        </g>
      </svg>
      <span className="grid size-12 place-items-center rounded-full border border-edge/50 bg-surface">
        <Icon as={Plus} size={24} />
      </span>
    </span>
  );
}
