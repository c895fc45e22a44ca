'use client';

import { useEffect, useRef } from 'react';

/** Put it into a row that is pushed sideways: scrolls the row, and nothing else, to its current link. */
export function KeepInView() {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const row = mark.current?.parentElement;
    const current = row?.querySelector<HTMLElement>('[aria-current]');
    if (row && current) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  });
  return <span ref={mark} hidden />;
}
