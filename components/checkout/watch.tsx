'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { refreshIfReachable } from './refresh-if-reachable';

/** Refreshes the page by itself, soon and then less and less often, while it is visible. */
export function Watch() {
  const router = useRouter();
  useEffect(() => {
    let looks = 0;
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      timer = setTimeout(
        () => {
          if (document.visibilityState === 'visible') {
            looks += 1;
            void refreshIfReachable(router);
          }
          wait();
        },
        PAUSES_MS[Math.min(looks, PAUSES_MS.length - 1)],
      );
    };
    const seen = () => {
      if (document.visibilityState === 'visible') void refreshIfReachable(router);
    };
    wait();
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [router]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content="5" />
    </noscript>
  );
}

const PAUSES_MS = [1_500, 2_000, 3_000, 4_000, 6_000, 10_000] as const;
