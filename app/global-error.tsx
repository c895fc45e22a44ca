'use client';

import './globals.css';

/**
 * Replaces the whole document when the layout itself failed, so nothing of it may be needed here; and it is part of every
 * page's scripts, so it is small. In both languages, because not even the reader's is known.
 */
export default function GlobalError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <html lang="zh-CN">
      <body>
        <title>卡包 Kabao</title>
        <main className="mx-auto flex max-w-[560px] flex-col gap-4 px-page pt-16">
          <h1>这一页没能打开</h1>
          <p>问题出在我们这边。如果刚才正在付款，请先到订单里看一眼，不要重复付款。</p>
          <p lang="en">The fault is ours. If you were paying, look at your orders before you try again.</p>
          <button
            type="button"
            onClick={retry}
            className="min-h-control rounded-md bg-cinnabar px-5 font-bold text-lg text-on-cinnabar hover:bg-cinnabar-strong"
          >
            再试一次 <span lang="en">Try again</span>
          </button>
          <a href="/orders" className="link inline-flex min-h-target items-center self-center">
            看我的订单 <span lang="en">My orders</span>
          </a>
          {error.digest ? <p className="text-center text-ink-2 text-xs">{error.digest}</p> : null}
        </main>
      </body>
    </html>
  );
}
