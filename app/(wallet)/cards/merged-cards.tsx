import { useLocale, useTranslations } from 'next-intl';
import { Disclosure } from '@/components/checkout/disclosure';
import { Amount } from '@/components/money/amount';
import type { WalletCard } from '@/lib/cards';
import { CardRow } from './card-rows';
import { mergeCards } from './sort-cards';

/** Cards of one programme in one line with their number and total; it opens to the single cards. */
export function MergedCards({ cards }: { cards: readonly WalletCard[] }) {
  const t = useTranslations('wallet');
  const locale = useLocale();
  return (
    <div className="rounded-md border border-line bg-surface px-4">
      {mergeCards(cards).map(({ programme, currency, usableMinor, cards: own }) => {
        const name = t('mergedName', {
          name: locale === 'en' ? programme.nameEn : programme.nameZh,
          count: own.length,
        });
        return (
          <Disclosure
            key={`${programme.id} ${currency}`}
            summary={<span className="font-bold">{name}</span>}
            aside={<Amount minor={usableMinor} currency={currency} />}
          >
            <ul aria-label={name} className="divide-y divide-line">
              {own.map((card) => (
                <CardRow key={card.id} card={card} />
              ))}
            </ul>
          </Disclosure>
        );
      })}
    </div>
  );
}
