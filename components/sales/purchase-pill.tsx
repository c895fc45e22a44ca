import { useTranslations } from 'next-intl';
import type { Tone } from '@/components/ui/notice';
import { Pill } from '@/components/ui/pill';
import type { PurchaseState } from '@/lib/sales/model';

/** How a purchase stands, in a word. */
export function PurchasePill({ state }: { state: PurchaseState }) {
  const t = useTranslations('sales.state');
  return <Pill tone={TONES[state]}>{t(state)}</Pill>;
}

const TONES: Record<PurchaseState, Tone> = {
  open: 'amber',
  paid: 'amber',
  issued: 'jade',
  withdrawing: 'amber',
  withdrawn: 'neutral',
  abandoned: 'neutral',
};
