import { useTranslations } from 'next-intl';
import { Pill } from '@/components/ui/pill';
import type { OrderStanding } from '@/lib/shop';

/** Where an order stands, in two to four characters. */
export function StandingPill({ standing }: { standing: OrderStanding }) {
  const t = useTranslations('shop.standing');
  return <Pill tone={TONES[standing]}>{t(standing)}</Pill>;
}

const TONES = {
  open: 'amber',
  paying: 'amber',
  paid: 'jade',
  partially_refunded: 'jade',
  refunded: 'neutral',
  cancelled: 'neutral',
  lapsed: 'neutral',
} as const satisfies Record<OrderStanding, string>;
