import { useLocale, useTranslations } from 'next-intl';
import { Amount } from '@/components/money/amount';
import { Pill } from '@/components/ui/pill';
import type { Currency } from '@/lib/kernel';
import { type LocalText, textIn } from '@/lib/shop/model';

interface ReceiptLine {
  readonly id: string;
  readonly card: { readonly name: LocalText; readonly lastFour: string } | null;
  readonly gateway: string | null;
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
  readonly refunding: boolean;
}

/** Who paid how much, and what of it went back. */
export function Receipt({ lines, currency }: { lines: readonly ReceiptLine[]; currency: Currency }) {
  const t = useTranslations('shop.order');
  return (
    <ul className="divide-y divide-line">
      {lines.map((line) => (
        <li key={line.id} className="flex items-start justify-between gap-4 py-2.5">
          <span className="min-w-0">
            <span className="block font-bold">
              <TenderName tender={line} />
            </span>
            {line.refundedMinor > 0n ? (
              <span className="flex flex-wrap items-center gap-x-2 text-jade text-sm">
                <span>
                  {t('wentBack')} <Amount minor={line.refundedMinor} currency={currency} quiet />
                </span>
                {line.refunding ? <Pill tone="amber">{t('refunding')}</Pill> : null}
              </span>
            ) : null}
          </span>
          <Amount minor={line.amountMinor} currency={currency} className="shrink-0" />
        </li>
      ))}
    </ul>
  );
}

/** 福运卡 •4417, or the other method's name. */
export function TenderName({ tender }: { tender: Pick<ReceiptLine, 'card' | 'gateway'> }) {
  const t = useTranslations('shop.order');
  const locale = useLocale();
  if (tender.card) return `${textIn(locale, tender.card.name)} •${tender.card.lastFour}`;
  return tender.gateway === 'alipay'
    ? t('alipay')
    : tender.gateway === null
      ? t('someCard')
      : t('otherMethod');
}
