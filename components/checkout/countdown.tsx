'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { refreshIfReachable } from './refresh-if-reachable';

/**
 * The time that is left, counted by the browser's own clock from what the server said. Not read out every second: `text`
 * says the end as a time of day, and stands there until the script runs.
 */
export function Countdown({
  remainingMs,
  prefix,
  text,
}: {
  remainingMs: number;
  /** "剩" */
  prefix: string;
  /** "15:42 前付款" */
  text: string;
}) {
  const router = useRouter();
  const [leftMs, setLeftMs] = useState<number | null>(null);

  useEffect(() => {
    const endsAt = performance.now() + remainingMs;
    let asking = false;
    const tick = () => {
      const left = endsAt - performance.now();
      setLeftMs(Math.max(left, 0));
      if (left > 0 || asking) return;
      asking = true;
      void refreshIfReachable(router).then((looked) => {
        asking = false;
        if (looked) clearInterval(timer);
      });
    };
    const timer = setInterval(tick, 1_000);
    tick();
    return () => clearInterval(timer);
  }, [remainingMs, router]);

  if (leftMs === null) return <span>{text}</span>;
  const soon = leftMs < 3 * 60_000;
  return (
    <span className={soon ? 'text-amber' : undefined}>
      <span className="sr-only">{text}</span>
      <span aria-hidden="true">
        {prefix} <span className="figures font-bold">{clock(leftMs)}</span>
      </span>
    </span>
  );
}

function clock(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1_000);
  const part = (value: number) => String(value).padStart(2, '0');
  return `${part(Math.floor(seconds / 60))}:${part(seconds % 60)}`;
}
