import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { LinkPending } from '@/components/ui/link-pending';

/**
 * The wallet's pile of cards: each shows its upper strip, the last one all of it; in simple mode and from 720 px they
 * lie side by side or below each other, none covered. `label` names the list.
 */
export function CardStack({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="card-stack">
      {children}
    </ul>
  );
}

/** One card in the pile, a link to its page. Its child is a `CardFace`. */
export function CardStackItem<Path extends string>({
  href,
  children,
}: {
  href: Route<Path>;
  children: ReactNode;
}) {
  return (
    <li>
      <Link href={href} className="card-stack-link relative block max-w-[420px] rounded-lg text-[#fff]">
        {children}
        <LinkPending />
      </Link>
    </li>
  );
}
