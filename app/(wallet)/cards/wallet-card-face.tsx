import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { CardFace, type CardFaceState } from '@/components/card/card';
import type { CardStatus, WalletCard } from '@/lib/cards';
import { dayInWords, lastDayOf } from './last-day';

/** The face of one's own card: what is free on it (or kept since it ended), and when it ends. */
export function WalletCardFace({ card, size = 'md' }: { card: WalletCard; size?: 'md' | 'sm' }) {
  const t = useTranslations('wallet');
  const states = useTranslations('cards.status');
  const name = useCardName(card);
  const soon = card.status === 'expiring_soon' && card.daysLeft !== null;
  const tag = card.status === 'not_activated' || card.status === 'closed' ? states(card.status) : null;
  return (
    <CardFace
      publicId={card.id}
      programmeName={name}
      medium={card.programme.medium}
      colours={card.programme.colours}
      last4={card.lastFour}
      balanceMinor={card.balanceMinor - card.heldMinor + card.dormantMinor}
      currency={card.currency}
      expiresOn={lastDayOf(card.expiresAt)}
      expiryNote={soon ? t('daysLeft', { days: card.daysLeft ?? 0 }) : undefined}
      state={FACE_STATES[card.status]}
      size={size}
      {...(tag ? { tag } : {})}
    />
  );
}

/** "福运 · 不记名卡", or the name that its holder gave it. */
function useCardName(card: Pick<WalletCard, 'nickname' | 'programme'>): string {
  const t = useTranslations('wallet');
  const kinds = useTranslations('cards.kind');
  const name = useShortName(card);
  const { kind } = card.programme;
  // A promotional programme says by its name already that its cards were given away.
  return card.nickname === null && kind !== 'promotional' ? t('cardName', { name, kind: kinds(kind) }) : name;
}

/** "福运", for a row. */
export function useShortName(card: Pick<WalletCard, 'nickname' | 'programme'>): string {
  const { nameEn, nameZh } = card.programme;
  const programme = useLocale() === 'en' ? nameEn : nameZh;
  return card.nickname ?? programme;
}

/** "福运 •4417" */
export function CardTitle({ card }: { card: Pick<WalletCard, 'nickname' | 'programme' | 'lastFour'> }) {
  return useTranslations('wallet')('nameAndNumber', { name: useShortName(card), last4: card.lastFour });
}

/** The last good day in words; `null` when the card has no end. */
export function useLastDay(card: Pick<WalletCard, 'expiresAt'>): string | null {
  const format = useFormatter();
  const day = lastDayOf(card.expiresAt);
  return day && dayInWords(format, day);
}

const FACE_STATES: Record<CardStatus, CardFaceState> = {
  usable: 'active',
  expiring_soon: 'active',
  used_up: 'used_up',
  expired: 'expired',
  frozen: 'frozen',
  not_activated: 'locked',
  closed: 'locked',
};
