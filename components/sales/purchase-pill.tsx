import { useTranslations } from 'next-intl';
import type { Tone } from '@/components/ui/notice';
import { Pill } from '@/components/ui/pill';
import type { PurchaseStanding } from '@/lib/sales';

/** How a purchase stands, in a word. */
export function PurchasePill({ state }: { state: PurchaseStanding }) {
  const t = useTranslations('sales.state');
  return <Pill tone={TONES[state]}>{t(state)}</Pill>;
}

const TONES: Record<PurchaseStanding, Tone> = {
  open: 'amber',
  lapsed: 'neutral',
  paid: 'amber',
  issued: 'jade',
  withdrawing: 'amber',
  withdrawn: 'neutral',
  abandoned: 'neutral',
};
