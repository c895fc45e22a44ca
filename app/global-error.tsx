'use client';

import { ErrorScreen } from '@/components/layout/error-screen';
import './globals.css';

/** Replaces the whole document when the layout itself failed. */
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
        <main>
          <ErrorScreen digest={error.digest} retry={retry} />
        </main>
      </body>
    </html>
  );
}
