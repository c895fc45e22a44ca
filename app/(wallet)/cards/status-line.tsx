import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Amount } from '@/components/money/amount';
import { Notice, type Tone } from '@/components/ui/notice';
import { Pill } from '@/components/ui/pill';
import type { CardStatus, WalletCard } from '@/lib/cards';
import { useLastDay } from './wallet-card-face';

/** A card's state in one or two words; nothing for one that simply works. */
export function StatusPill({ status }: { status: CardStatus }) {
  const t = useTranslations('cards.status');
  if (status === 'usable') return null;
  return <Pill tone={TONES[status]}>{t(status)}</Pill>;
}

/** What a card's state means and what to do about it; nothing for one that simply works. `asks`: with the ways to more time. */
export function StatusNotice({ card, asks = false }: { card: WalletCard; asks?: boolean }) {
  const states = useTranslations('cards.status');
  const words = useStatusWords(card);
  if (card.status === 'usable') return null;
  return (
    <Notice tone={TONES[card.status]} title={states(card.status)}>
      <p>{words}</p>
      <ValueLeft card={card} />
      {asks ? <WaysToMoreTime card={card} /> : null}
    </Notice>
  );
}

/** What an ended card still holds for its holder, and what may be asked for. */
function ValueLeft({ card }: { card: WalletCard }) {
  const t = useTranslations('wallet');
  const leftMinor = card.balanceMinor + card.dormantMinor;
  if (card.status !== 'expired' || leftMinor === 0n) return null;
  const gift = card.programme.kind === 'promotional';
  return (
    <p>
      {t.rich(gift ? 'leftOnGift' : 'leftOn', {
        amount: () => <Amount minor={leftMinor} currency={card.currency} />,
      })}
    </p>
  );
}

/** For a card that ends soon, and for one that has ended with value left. */
function WaysToMoreTime({ card }: { card: WalletCard }) {
  const t = useTranslations('wallet');
  const ended = card.status === 'expired';
  if (card.balanceMinor + card.dormantMinor === 0n || (!ended && card.status !== 'expiring_soon'))
    return null;
  return (
    <p className="flex flex-wrap gap-x-4">
      <Link href={`/cards/${card.id}/extension`} className="link inline-flex min-h-target items-center">
        {t('toExtension')}
      </Link>
      {ended ? (
        <Link href={`/cards/${card.id}/exchange`} className="link inline-flex min-h-target items-center">
          {t('toExchange')}
        </Link>
      ) : null}
    </p>
  );
}

/** The same as one sentence, for a row. */
export function useStatusWords(card: WalletCard): string {
  const t = useTranslations('wallet.meaning');
  const day = useLastDay(card) ?? '';
  const gift = card.programme.kind === 'promotional' ? 'promotional' : 'other';
  return t(card.status, { day, days: card.daysLeft ?? 0, gift, by: card.frozenBy ?? 'issuer' });
}

const TONES: Record<CardStatus, Tone> = {
  usable: 'neutral',
  expiring_soon: 'amber',
  used_up: 'neutral',
  expired: 'neutral',
  frozen: 'danger',
  not_activated: 'neutral',
  closed: 'neutral',
};
