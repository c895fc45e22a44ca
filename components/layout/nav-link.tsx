'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { LinkPending } from '@/components/ui/link-pending';

/** A link of the navigation that knows when the reader is inside its part (`aria-current`). */
export function NavLink<Path extends string>({
  href,
  className,
  children,
}: {
  href: Route<Path>;
  className?: string;
  children: ReactNode;
}) {
  const pathname = usePathname();
  const inside = pathname === href || pathname.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      className={className}
      aria-current={pathname === href ? 'page' : inside ? 'true' : undefined}
    >
      {children}
      <LinkPending />
    </Link>
  );
}
