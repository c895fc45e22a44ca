'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { LinkPending } from '@/components/ui/link-pending';

/** A link of the navigation that knows when the reader is inside its part (`aria-current`). */
export function NavLink<Path extends string>({
  href,
  label,
  className,
  children,
}: {
  href: Route<Path>;
  /** What a screen reader says, where something visible (a number on an icon) says more than the words. */
  label?: string;
  className?: string;
  children: ReactNode;
}) {
  const pathname = usePathname();
  const inside = pathname === href || pathname.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      className={className}
      aria-label={label}
      aria-current={pathname === href ? 'page' : inside ? 'true' : undefined}
    >
      {children}
      <LinkPending />
    </Link>
  );
}
