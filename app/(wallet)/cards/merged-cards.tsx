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
      {mergeCards(cards).map((group) => (
        <Disclosure
          key={`${group.programme.id} ${group.currency}`}
          summary={
            <span className="font-bold">
              {t('mergedName', {
                name: locale === 'en' ? group.programme.nameEn : group.programme.nameZh,
                count: group.cards.length,
              })}
            </span>
          }
          aside={<Amount minor={group.usableMinor} currency={group.currency} />}
        >
          <ul aria-label={t('paying')} className="divide-y divide-line">
            {group.cards.map((card) => (
              <CardRow key={card.id} card={card} />
            ))}
          </ul>
        </Disclosure>
      ))}
    </div>
  );
}
