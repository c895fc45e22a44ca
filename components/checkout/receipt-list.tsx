import { useTranslations } from 'next-intl';
import type { Receipt } from '@/lib/checkout';
import { formatMoney } from '@/lib/kernel';
import { SplitBar } from './split-bar';
import { tenderColours } from './tender-colours';
import { useTenderNames } from './tender-names';

/** What a payment was paid with, as the same bar that it was confirmed with, and what is left on each card. */
export function ReceiptList({
  receipt,
  showLeft = false,
  framed = true,
}: {
  receipt: Receipt;
  showLeft?: boolean;
  framed?: boolean;
}) {
  const t = useTranslations('checkout');
  const names = useTenderNames();
  const cards = receipt.tenders.flatMap(({ card }) => (card ? [card] : []));
  const colours = tenderColours(cards);
  const money = (minor: bigint) => formatMoney(minor, receipt.currency);
  return (
    <SplitBar
      label={t('order.receipt')}
      currency={receipt.currency}
      framed={framed}
      parts={receipt.tenders.map((tender) => {
        const at = tender.card ? cards.indexOf(tender.card) : -1;
        const notes = [
          ...(tender.refundedMinor > 0n
            ? [t('order.refunded', { amount: money(tender.refundedMinor) })]
            : []),
          ...(tender.card && showLeft ? [t('result.left', { amount: money(tender.card.leftMinor) })] : []),
        ];
        return {
          id: tender.id,
          kind: tender.card ? ('card' as const) : ('other' as const),
          colour: colours[at],
          name: names.tender(tender),
          reason: notes.map((note) => (
            <span key={note} className="block">
              {note}
            </span>
          )),
          amountMinor: tender.amountMinor,
        };
      })}
    />
  );
}
