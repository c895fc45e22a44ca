import type { LucideIcon } from 'lucide-react';
import { classNames } from './class-names';

/**
 * A lucide icon in the house's line weight.
 * - `as`: the icon. `size`: px in normal mode; simple mode draws it a third larger.
 * - `label`: only when the icon stands without any word; without it the icon is hidden from assistive technology.
 */
export function Icon({
  as: Glyph,
  size = 20,
  label,
  className,
}: {
  as: LucideIcon;
  size?: 14 | 16 | 18 | 20 | 24 | 28 | 32;
  label?: string;
  className?: string;
}) {
  return (
    <Glyph
      size={size}
      strokeWidth={1.75}
      className={classNames('shrink-0 simple:scale-125', className)}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    />
  );
}
