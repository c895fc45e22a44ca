import { Check, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';
import type { WalletCard } from '@/lib/cards';

/** Where a card may be spent and where not, and the terms that go with it, in words. */
export function Spending({ card }: { card: WalletCard }) {
  const t = useTranslations('wallet.spending');
  const words = useTranslations('cards.spending');
  const categories = useTranslations('shop.category');
  const { included, excluded, onlyCategories, notCategories } = card.spending;
  const named = (keys: readonly string[]) =>
    keys.map((key) => (categories.has(key) ? categories(key) : key)).join(t('comma'));
  return (
    <div className="flex flex-col gap-3">
      <Words
        sign={{ icon: Check, className: 'text-jade' }}
        label={words('included')}
        words={[
          ...included.map((word) => words(word)),
          ...(onlyCategories ? [t('only', { categories: named(onlyCategories) })] : []),
        ]}
      />
      <Words
        sign={{ icon: X, className: 'text-cinnabar' }}
        label={words('excluded')}
        words={[
          ...excluded.map((word) => words(word)),
          ...(notCategories.length > 0 ? [named(notCategories)] : []),
        ]}
      />
      <ul className="flex list-disc flex-col gap-1 border-line border-t pt-3 pl-5 text-ink-2 text-sm">
        <li>{t('terms.goodsOnly')}</li>
        <li>{t('terms.refunds')}</li>
        {card.expiresAt === null ? null : (
          <li>{t(card.programme.kind === 'promotional' ? 'terms.promotional' : 'terms.expiry')}</li>
        )}
      </ul>
    </div>
  );
}

function Words({
  sign,
  label,
  words,
}: {
  sign: { icon: typeof Check; className: string };
  label: string;
  words: readonly string[];
}) {
  if (words.length === 0) return null;
  return (
    <div>
      <h3 className="text-ink-2 text-sm">{label}</h3>
      <ul className="mt-1 flex flex-wrap gap-x-5 gap-y-1">
        {words.map((word) => (
          <li key={word} className="inline-flex items-center gap-1.5">
            <Icon as={sign.icon} size={16} className={sign.className} />
            {word}
          </li>
        ))}
      </ul>
    </div>
  );
}
