import type { Route } from 'next';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';
import { LinkPending } from './link-pending';

/** `primary` is the one thing to do next (one per page), `ghost` everything else, `danger` what cannot be undone. */
export type ButtonLook = 'primary' | 'ghost' | 'danger' | 'quiet';

interface Appearance {
  look?: ButtonLook;
  /** `lg` is the page's decision (52 px, 76 in simple mode), `md` 44 px / 60 px. */
  size?: 'md' | 'lg';
  /** Fills the width of its container. */
  block?: boolean;
  /** An `<Icon>`, before the words. */
  icon?: ReactNode;
}

/** A plain button; `type` is `button` unless said otherwise. For submitting a form take `SubmitButton`. */
export function Button({
  look = 'ghost',
  size = 'lg',
  block = false,
  icon,
  className,
  children,
  ...rest
}: Appearance & ComponentProps<'button'>) {
  return (
    <button type="button" {...rest} className={classNames(buttonClasses({ look, size, block }), className)}>
      {icon}
      {children}
    </button>
  );
}

/** A link that looks like a button. `href` is checked against the app's routes. */
export function ButtonLink<Path extends string>({
  href,
  look = 'ghost',
  size = 'lg',
  block = false,
  icon,
  id,
  prefetch = null,
  className,
  children,
}: Appearance & {
  href: Route<Path>;
  id?: string;
  /** `false` where the target is expensive or rarely taken. */
  prefetch?: boolean | null;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Link
      href={href}
      id={id}
      prefetch={prefetch}
      className={classNames(buttonClasses({ look, size, block }), className)}
    >
      {icon}
      {children}
      <LinkPending />
    </Link>
  );
}

/** The classes alone, for an element that is neither `Button` nor `ButtonLink` (a `label`, an external `a`). */
export function buttonClasses({ look = 'ghost', size = 'lg', block = false }: Appearance = {}): string {
  return classNames(BASE, LOOKS[look], SIZES[size], block && 'w-full');
}

const BASE =
  'relative inline-flex items-center justify-center gap-2 rounded-md text-center text-balance font-bold leading-[1.3] no-underline select-none ' +
  'transition-[background-color,border-color,scale] duration-150 active:scale-[0.985] ' +
  'disabled:pointer-events-none disabled:opacity-55 aria-disabled:opacity-70 forced-colors:border print:hidden';

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-cinnabar text-on-cinnabar hover:bg-cinnabar-strong',
  ghost: 'border-[1.5px] border-line bg-surface text-ink hover:border-edge',
  danger: 'border-[1.5px] border-cinnabar bg-transparent text-cinnabar hover:bg-cinnabar-wash',
  quiet: 'text-cinnabar hover:bg-cinnabar-wash',
};

const SIZES = {
  md: 'min-h-target px-4 py-2 text-base',
  lg: 'min-h-control px-5 py-2 text-lg',
} as const;
