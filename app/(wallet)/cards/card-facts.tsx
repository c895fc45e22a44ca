import { useFormatter, useTranslations } from 'next-intl';
import { Amount } from '@/components/money/amount';
import { Facts } from '@/components/ui/panel';
import type { WalletCard } from '@/lib/cards';
import { useLastDay } from './wallet-card-face';

/** What is on a card, until when, and which card it is. */
export function CardFacts({ card }: { card: WalletCard }) {
  const t = useTranslations('wallet.facts');
  const kinds = useTranslations('cards');
  const format = useFormatter();
  const lastDay = useLastDay(card);
  const { currency } = card;
  const facts = [
    { term: t('usable'), value: <Amount minor={card.usableMinor} currency={currency} size="lg" /> },
    ...(card.heldMinor > 0n
      ? [{ term: t('held'), value: <Amount minor={card.heldMinor} currency={currency} /> }]
      : []),
    ...(card.dormantMinor > 0n
      ? [{ term: t('dormant'), value: <Amount minor={card.dormantMinor} currency={currency} /> }]
      : []),
    { term: t('expiry'), value: lastDay ? t('until', { day: lastDay }) : t('forever') },
    { term: t('face'), value: <Amount minor={card.faceMinor} currency={currency} quiet /> },
    {
      term: t('programme'),
      value: `${kinds(`kind.${card.programme.kind}`)} · ${kinds(`medium.${card.programme.medium}`)}`,
    },
    ...(card.boundAt
      ? [{ term: t('boundAt'), value: format.dateTime(card.boundAt, { dateStyle: 'medium' }) }]
      : []),
  ];
  return (
    <div className="rounded-md border border-line bg-surface px-4">
      <Facts facts={facts} />
    </div>
  );
}
