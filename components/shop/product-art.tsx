import { classNames } from '@/components/ui/class-names';
import { artworkOf } from './art';
import './product-art.css';

/**
 * A product's picture, drawn from its `art`. Decorative: the title always stands beside it.
 * - `size`: `thumb` (a row of a list), `tile` (the shelf), `large` (the product's page); it fills its container's width.
 */
export function ProductArt({
  art,
  size = 'tile',
  className,
}: {
  art: string;
  size?: 'thumb' | 'tile' | 'large';
  className?: string;
}) {
  const { ground, drawing } = artworkOf(art);
  return (
    <svg
      viewBox="0 0 160 160"
      aria-hidden="true"
      focusable="false"
      className={classNames('art', `art-${ground.palette}`, `art-${size}`, className)}
    >
      <path className="art-motif" d={ground.d} />
      {drawing ? (
        <g className={`art-object art-${drawing.palette}`}>
          {drawing.shapes.map((shape) => (
            <path key={shape.fill + shape.d} className={`art-${shape.fill}`} d={shape.d} />
          ))}
        </g>
      ) : null}
    </svg>
  );
}
