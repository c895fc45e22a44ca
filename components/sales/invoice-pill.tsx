import { useTranslations } from 'next-intl';
import type { Tone } from '@/components/ui/notice';
import { Pill } from '@/components/ui/pill';
import type { InvoiceState } from '@/lib/sales';

/** How an invoice stands, in a word. */
export function InvoicePill({ state }: { state: InvoiceState }) {
  const t = useTranslations('sales.invoice.states');
  return <Pill tone={TONES[state]}>{t(state)}</Pill>;
}

const TONES: Record<InvoiceState, Tone> = {
  requested: 'amber',
  issued: 'jade',
  reversing: 'amber',
  cancelled: 'neutral',
  reversed: 'neutral',
};
