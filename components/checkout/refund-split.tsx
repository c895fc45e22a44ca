import { useTranslations } from 'next-intl';
import type { RefundPreview } from '@/lib/checkout';
import type { Currency } from '@/lib/kernel';
import { SplitBar } from './split-bar';
import { tenderColours } from './tender-colours';
import { useTenderNames } from './tender-names';

/** Where a refund would go, in the bar that the order was paid with. */
export function RefundSplit({ preview, currency }: { preview: RefundPreview; currency: Currency }) {
  const [t, names] = [useTranslations('shop.refund'), useTenderNames()];
  const cards = preview.parts.flatMap(({ tender }) => (tender.card ? [tender.card] : []));
  const colours = tenderColours(cards);
  return (
    <SplitBar
      label={t('whereTo')}
      currency={currency}
      parts={preview.parts.map(({ tender, amountMinor }) => ({
        id: tender.id,
        kind: tender.card ? 'card' : 'other',
        colour: tender.card ? colours[cards.indexOf(tender.card)] : undefined,
        name: names.tender(tender),
        reason: t(tender.card ? 'cardTime' : 'otherTime'),
        amountMinor,
      }))}
    />
  );
}
