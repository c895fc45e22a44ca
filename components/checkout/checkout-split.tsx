import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { CheckoutCard, CheckoutLineView, CheckoutView, LineReason } from '@/lib/checkout';
import { DAY_MS, formatMoney } from '@/lib/kernel';
import { SplitBar } from './split-bar';
import { tenderColours } from './tender-colours';
import { useTenderNames } from './tender-names';

/** Who pays what of the order, and why: the signature of the page. */
export function CheckoutSplit({ view, now }: { view: CheckoutView; now: Date }) {
  const t = useTranslations('checkout');
  const names = useTenderNames();
  const paying = view.cards.filter((card) => card.amountMinor > 0n);
  const colours = tenderColours(paying);
  const [method] = view.methods;
  return (
    <div className="transition-opacity duration-150 group-data-pending/live:opacity-60">
      <SplitBar
        label={t('split.label')}
        currency={view.currency}
        parts={[
          ...paying.map((card, index) => ({
            id: card.id,
            kind: 'card' as const,
            colour: colours[index],
            name: names.card(card),
            reason: <CardWhy card={card} currency={view.currency} now={now} />,
            amountMinor: card.amountMinor,
          })),
          {
            id: 'other',
            kind: 'other',
            name: method ? t('split.other', { method: names.method(method) }) : t('split.otherNone'),
            reason: <OtherWhy lines={view.lines} />,
            amountMinor: view.externalMinor,
          },
        ]}
      />
    </div>
  );
}

function CardWhy({
  card,
  currency,
  now,
}: {
  card: CheckoutCard;
  currency: CheckoutView['currency'];
  now: Date;
}) {
  const t = useTranslations('checkout.split');
  const reasonText = useCardReason();
  const days = daysLeft(card, now);
  return (
    <>
      {days === null ? null : <span className="text-amber">{t('soon', { days })}</span>}
      {reasonText(card)}
      {card.leftMinor > 0n ? t('left', { amount: formatMoney(card.leftMinor, currency) }) : null}
    </>
  );
}

/** Whole days until a card that ends soon does; null when that is far off, or when the reason says the date anyway. */
function daysLeft({ expiresAt, reason }: CheckoutCard, now: Date): number | null {
  if (expiresAt === null || reason.code === 'soonest_expiry') return null;
  const leftMs = expiresAt.getTime() - now.getTime();
  return leftMs > SOON_MS ? null : Math.floor((leftMs - 1) / DAY_MS);
}

const SOON_MS = 30 * DAY_MS;

/** Each reason once, however many lines share it. */
function OtherWhy({ lines }: { lines: readonly CheckoutLineView[] }) {
  const lineReason = useLineReason();
  const reasons = new Set(lines.flatMap(({ reason }) => (reason ? [lineReason(reason)] : [])));
  return (
    <>
      {[...reasons].map((reason) => (
        <span key={reason} className="block">
          {reason}
        </span>
      ))}
    </>
  );
}

/** Why a card pays as much as it does, or nothing; when it ends soon, that too. */
export function useCardReason(): (card: CheckoutCard) => string {
  const [t, format] = [useTranslations('quote.card'), useFormatter()];
  return ({ reason }) => {
    switch (reason.code) {
      case 'soonest_expiry':
        return t(reason.code, { expiresOn: format.dateTime(lastDay(reason.expiresAt), DAY) });
      case 'card_obstacle':
        return t(reason.code, { obstacle: reason.obstacle });
      case 'day_limit':
        return t(reason.code, { left: reason.todayMinor === 0n ? 'none' : 'some' });
      default:
        return t(reason.code);
    }
  };
}

/** Why a line, or a part of it, is left for the other method. */
export function useLineReason(): (reason: LineReason) => string {
  const t = useTranslations('quote.line');
  const ineligible = useIneligibleReason();
  return (reason) => (reason.code === 'no_eligible_card' ? ineligible(reason.reason) : t(reason.code));
}

export function useIneligibleReason(): (reason: CheckoutLineView['ineligible'][number]['reason']) => string {
  const [t, shop] = [useTranslations('policy.ineligible'), useTranslations('shop.category')];
  return (reason) => {
    switch (reason.code) {
      case 'never_paid_by_card':
      case 'product_not_included':
        return t(reason.code, { kind: reason.kind });
      case 'merchant_not_included':
      case 'merchant_excluded':
        return t(reason.code, { merchantKind: reason.merchantKind });
      case 'category_not_included':
      case 'category_excluded':
        return t(reason.code, {
          category: shop.has(reason.category) ? shop(reason.category) : reason.category,
        });
    }
  };
}

/** A title in the reader's language. */
export function useTitle(): (line: { readonly titleZh: string; readonly titleEn: string }) => string {
  const locale = useLocale();
  return ({ titleZh, titleEn }) => (locale === 'en' ? titleEn : titleZh);
}

/** Expiry is stored as the first instant after the last good day. */
export function lastDay(expiresAt: Date): Date {
  return new Date(expiresAt.getTime() - 1);
}

export const DAY = { dateStyle: 'medium' } as const;
