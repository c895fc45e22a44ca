import { useLocale, useTranslations } from 'next-intl';
import type { CardLabel, Receipt, ReceiptTender } from '@/lib/checkout';

type Method = NonNullable<Receipt['gateway']>;

/** What cards and other methods are called on every page about money: `福运 •4417`, 支付宝. */
export function useTenderNames() {
  const [t, locale] = [useTranslations('checkout.tender'), useLocale()];
  const card = ({ nameZh, nameEn, lastFour }: CardLabel) =>
    t('card', { name: locale === 'en' ? nameEn : nameZh, last4: lastFour });
  const method = (name: Method) => t(`method.${name}`);
  return {
    card,
    method,
    tender: (tender: Pick<ReceiptTender, 'card' | 'gateway'>) =>
      tender.card ? card(tender.card) : tender.gateway ? method(tender.gateway) : t('unknown'),
  };
}
