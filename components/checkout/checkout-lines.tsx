import { useTranslations } from 'next-intl';
import { Amount } from '@/components/money/amount';
import type { CheckoutLineView, CheckoutView } from '@/lib/checkout';
import { formatMoney } from '@/lib/kernel';
import { useIneligibleReason, useLineReason, useTitle } from './checkout-split';
import { Disclosure } from './disclosure';
import { useTenderNames } from './tender-names';

/** What is bought, and by whom each thing is paid. */
export function CheckoutLines({ view }: { view: CheckoutView }) {
  const t = useTranslations('checkout.lines');
  return (
    <Disclosure summary={t('title')} aside={t('count', { count: view.itemCount })}>
      <ul className="divide-y divide-line">
        {view.lines.map((line) => (
          <Line key={line.id} line={line} view={view} />
        ))}
      </ul>
    </Disclosure>
  );
}

function Line({ line, view }: { line: CheckoutLineView; view: CheckoutView }) {
  const t = useTranslations('checkout.lines');
  const [title, names, lineReason, ineligible] = [
    useTitle(),
    useTenderNames(),
    useLineReason(),
    useIneligibleReason(),
  ];
  const [method] = view.methods;
  const money = (minor: bigint) => formatMoney(minor, view.currency);
  const paidBy = line.paidBy.flatMap(({ cardId, amountMinor }) => {
    const card = view.cards.find(({ id }) => id === cardId);
    return card ? [t('pays', { name: names.card(card), amount: money(amountMinor) })] : [];
  });
  const other = method ? names.method(method) : t('other');
  // A reason that holds for every card is told once, below; one that holds for some names them.
  const some = line.reason?.code === 'no_eligible_card' ? [] : line.ineligible;
  return (
    <li className="py-2.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span>
          {title(line)}
          {line.quantity > 1 ? <span className="text-ink-2"> × {line.quantity}</span> : null}
        </span>
        <Amount minor={line.amountMinor} currency={view.currency} quiet className="ml-auto" />
      </p>
      <ul className="text-ink-2 text-sm">
        {paidBy.map((text) => (
          <li key={text}>{text}</li>
        ))}
        {line.externalMinor > 0n ? (
          <li>{t('pays', { name: other, amount: money(line.externalMinor) })}</li>
        ) : null}
        {line.reason ? <li>{lineReason(line.reason)}</li> : null}
        {some.map(({ card, reason }) => (
          <li key={card.id}>{t('not', { name: names.card(card), reason: ineligible(reason) })}</li>
        ))}
      </ul>
    </li>
  );
}
