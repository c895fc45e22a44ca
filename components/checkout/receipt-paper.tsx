import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Mark } from '@/components/layout/mark';

/** A slip torn off a roll: what was paid, with what, and its number. On paper it says whose slip it is. */
export function ReceiptPaper({ children }: { children: ReactNode }) {
  const t = useTranslations('common');
  return (
    <div className="receipt-shade">
      <div className="receipt flex flex-col gap-3 px-5 pt-5 pb-8 forced-colors:border">
        <p aria-hidden="true" className="hidden items-center gap-2 font-bold print:flex">
          <Mark />
          {t('brand')}
        </p>
        {children}
      </div>
    </div>
  );
}
