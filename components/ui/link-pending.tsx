'use client';

import { useLinkStatus } from 'next/link';

/**
 * Inside a link: a line along its lower edge while the page it leads to is on its way (after 150 ms, so that quick
 * pages show nothing). The link must be positioned (`relative`).
 *
 * This stands in for `loading.tsx`, which pages that must work without JavaScript cannot have: what is streamed
 * behind a loading boundary stays hidden until a script puts it in place.
 */
export function LinkPending() {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return (
    <span
      aria-hidden="true"
      className="link-pending absolute inset-x-3 bottom-1 h-0.5 rounded-full bg-current"
    />
  );
}
