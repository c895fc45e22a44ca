import { useFormatter, useTranslations } from 'next-intl';
import { Amount } from '@/components/money/amount';
import type { Tone } from '@/components/ui/notice';
import { Pill } from '@/components/ui/pill';
import type { Receipt, RefundView } from '@/lib/checkout';
import { useTenderNames } from './tender-names';

/** What went back, to whom, and how far each part has come. */
export function RefundList({ refunds, receipt }: { refunds: readonly RefundView[]; receipt: Receipt }) {
  const t = useTranslations('checkout.refunds');
  return (
    <ul aria-label={t('title')} className="divide-y divide-line">
      {refunds.map((refund) => (
        <Refund key={refund.id} refund={refund} receipt={receipt} />
      ))}
    </ul>
  );
}

function Refund({ refund, receipt }: { refund: RefundView; receipt: Receipt }) {
  const [t, format, names] = [useTranslations('checkout.refunds'), useFormatter(), useTenderNames()];
  const failed = refund.parts.find(({ state }) => state === 'FAILED');
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="text-ink-2 text-sm">
          {format.dateTime(refund.startedAt, { dateStyle: 'medium', timeStyle: 'short' })}
        </span>
        <Amount minor={refund.amountMinor} currency={receipt.currency} />
      </div>
      <ul className="mt-1 flex flex-col gap-1.5">
        {refund.parts.map((part) => (
          <li key={part.tender.id} className="flex flex-wrap items-center gap-x-3">
            <span>{t('to', { name: names.tender(part.tender) })}</span>
            <span className="ml-auto flex items-center gap-x-3">
              <Pill tone={TONES[part.state]}>{t(`state.${part.state}`)}</Pill>
              <Amount minor={part.amountMinor} currency={receipt.currency} quiet />
            </span>
          </li>
        ))}
      </ul>
      {failed ? (
        <p className="mt-1.5 text-cinnabar text-sm">{t('failed', { method: names.tender(failed.tender) })}</p>
      ) : null}
    </li>
  );
}

const TONES: Record<RefundView['state'], Tone> = { PENDING: 'amber', SUCCEEDED: 'jade', FAILED: 'danger' };
