import { ChevronDown, ChevronUp } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { LiveForm } from '@/components/forms/live-address';
import { AmountSlider } from '@/components/ui/amount-slider';
import { buttonClasses } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import type { CheckoutCard, CheckoutView } from '@/lib/checkout';
import { decimalText, type SplitForm, type SplitRow } from '@/lib/checkout/schemas';
import { formatMoney } from '@/lib/kernel';
import { DAY, lastDay, useCardReason } from './checkout-split';
import { Disclosure } from './disclosure';
import { useTenderNames } from './tender-names';

/** 余额拆分: which cards pay, in which order, and at most how much each. The server does the sums. */
export function SplitEditor({ view, form }: { view: CheckoutView; form: SplitForm | null }) {
  const t = useTranslations('checkout.editor');
  const able = inOrder(view, form).filter(({ card }) => card.payableMinor > 0n);
  const unable = view.cards.filter((card) => card.payableMinor === 0n);
  if (view.cards.length === 0) return null;
  return (
    <Disclosure summary={t('title')} aside={form ? t('own') : t('auto')} open={form !== null}>
      {able.length > 0 ? (
        <LiveForm label={t('title')}>
          <p className="pb-2 text-ink-2 text-sm">{t('lead')}</p>
          <ul className="divide-y divide-line border-line border-y">
            {able.map((entry, index) => (
              <EditorRow
                key={entry.card.id}
                {...entry}
                currency={view.currency}
                first={index === 0}
                last={index === able.length - 1}
              />
            ))}
          </ul>
          <div className="flex flex-wrap items-center gap-x-4 pt-2">
            <noscript>
              <button type="submit" className={buttonClasses({ size: 'md' })}>
                {t('update')}
              </button>
            </noscript>
            {form ? (
              <a
                href={`/checkout/${view.orderId}`}
                className="link inline-flex min-h-target items-center text-sm"
              >
                {t('reset')}
              </a>
            ) : null}
          </div>
        </LiveForm>
      ) : null}
      <Unusable cards={unable} />
    </Disclosure>
  );
}

interface Entry {
  readonly card: CheckoutCard;
  readonly row: SplitRow | null;
}

/** In the shopper's order, else in the order in which they pay. A card bound since then comes last. */
function inOrder(view: CheckoutView, form: SplitForm | null): Entry[] {
  const rows = form?.rows ?? [];
  const arranged = rows.flatMap((row) => {
    const card = view.cards.find(({ id }) => id === row.cardId);
    return card ? [{ card, row }] : [];
  });
  const others = view.cards.filter(({ id }) => !rows.some(({ cardId }) => cardId === id));
  return [...arranged, ...others.map((card) => ({ card, row: null }))];
}

function EditorRow({
  card,
  row,
  currency,
  first,
  last,
}: Entry & { currency: CheckoutView['currency']; first: boolean; last: boolean }) {
  const [t, quote, format] = [useTranslations('checkout.editor'), useTranslations('quote'), useFormatter()];
  const name = useTenderNames().card(card);
  const own = row?.maxMinor ?? null;
  const shown = own ?? card.amountMinor;
  const facts = [
    t('balance', { amount: formatMoney(card.availableMinor, currency) }),
    card.expiresAt ? t('until', { date: format.dateTime(lastDay(card.expiresAt), DAY) }) : t('forever'),
  ];
  return (
    <li className="group/row py-3">
      <input type="hidden" name="row" value={card.id} />
      {own === null ? (
        <input type="hidden" name={`auto.${card.id}`} value={decimalText(card.amountMinor)} />
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2 simple:grid-cols-1">
        <label className="flex min-h-target cursor-pointer items-center gap-3">
          <input
            type="checkbox"
            name="card"
            value={card.id}
            defaultChecked={row ? row.chosen : card.reason.code !== 'not_chosen'}
            className="size-5 shrink-0 accent-cinnabar simple:size-7"
          />
          <span className="font-bold">{name}</span>
        </label>
        <span className="-mr-3 flex simple:order-last simple:mr-0 simple:gap-2">
          <MoveButton move="up" cardId={card.id} name={name} idle={first} />
          <MoveButton move="down" cardId={card.id} name={name} idle={last} />
        </span>
        <p className="col-span-full -mt-2 pl-8 text-ink-2 text-sm simple:mt-0 simple:pl-10">
          {facts.join(t('joint'))}
        </p>
      </div>
      <div className="hidden pt-1 group-has-[[name=card]:checked]/row:block">
        <AmountSlider
          label={t('most', { name })}
          labelHidden
          prefix={t('prefix')}
          sliderLabel={t('slider', { name })}
          name={`amount.${card.id}`}
          maxMinor={card.payableMinor.toString()}
          defaultMinor={shown.toString()}
          mistyped={row?.mistyped ?? undefined}
          invalidText={t('invalid', { max: formatMoney(card.payableMinor, currency) })}
          hint={
            card.shortfall
              ? quote(`shortfall.${card.shortfall.code}`, {
                  missing: formatMoney(card.shortfall.missingMinor, currency),
                })
              : undefined
          }
        />
      </div>
    </li>
  );
}

/** Moves a card one place up or down. At the end of the list the button stays (without effect), so that it keeps focus. */
function MoveButton({
  move,
  cardId,
  name,
  idle,
}: {
  move: 'up' | 'down';
  cardId: string;
  name: string;
  idle: boolean;
}) {
  const t = useTranslations('checkout.editor');
  return (
    <button
      type="submit"
      name="move"
      value={`${move}.${cardId}`}
      aria-label={t(move, { name })}
      aria-disabled={idle || undefined}
      className="inline-flex min-h-target min-w-target items-center justify-center gap-2 rounded-sm px-3 text-ink-2 hover:bg-sunken hover:text-ink aria-disabled:opacity-35 simple:flex-1 simple:border simple:border-line"
    >
      <Icon as={move === 'up' ? ChevronUp : ChevronDown} />
      <span className="hidden simple:inline">{t(`${move}Word`)}</span>
    </button>
  );
}

function Unusable({ cards }: { cards: readonly CheckoutCard[] }) {
  const t = useTranslations('checkout.editor');
  const [names, reasonText] = [useTenderNames(), useCardReason()];
  if (cards.length === 0) return null;
  return (
    <div className="pt-3">
      <p className="font-bold text-sm">{t('unusable')}</p>
      <ul className="text-ink-2 text-sm">
        {cards.map((card) => (
          <li key={card.id} className="flex flex-wrap justify-between gap-x-4 py-1">
            <span>{names.card(card)}</span>
            <span>{reasonText(card)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
