import type { ReactNode } from 'react';

/** A slip torn off a roll: what was paid, with what, and its number. */
export function ReceiptPaper({ children }: { children: ReactNode }) {
  return (
    <div className="receipt-shade">
      <div className="receipt flex flex-col gap-3 px-5 pt-5 pb-8 forced-colors:border">{children}</div>
    </div>
  );
}
