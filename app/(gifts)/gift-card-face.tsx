import { useLocale, useTranslations } from 'next-intl';
import { CardFace } from '@/components/card/card';
import type { CardFaceView } from '@/lib/cards';

/** The face of a card that is given: what it is and how much is on it, no number. */
export function GiftCardFace({ card, size = 'md' }: { card: CardFaceView; size?: 'md' | 'sm' }) {
  const t = useTranslations('common.card');
  return (
    <CardFace
      publicId={card.id}
      programmeName={useProgrammeName(card)}
      medium={card.programme.medium}
      colours={card.programme.colours}
      balanceMinor={card.faceMinor}
      currency={card.currency}
      {...(card.validityMonths === null ? { expiryNote: t('forever') } : {})}
      size={size}
    />
  );
}

export function useProgrammeName({ programme }: Pick<CardFaceView, 'programme'>): string {
  return useLocale() === 'en' ? programme.nameEn : programme.nameZh;
}
