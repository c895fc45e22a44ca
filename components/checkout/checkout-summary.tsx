import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Amount } from '@/components/money/amount';
import { ActionBar } from '@/components/ui/action-bar';
import { Notice } from '@/components/ui/notice';
import type { CheckoutView } from '@/lib/checkout';
import { choiceOf, chosenCardText, type SplitForm } from '@/lib/checkout/schemas';
import { moneyParts } from '@/lib/kernel';
import { PayForm } from './pay-form';
import { useTenderNames } from './tender-names';

/** The sum of it and the button that says what it does; on a phone only the button, at the thumb. */
export function CheckoutSummary({
  view,
  form,
  idempotencyKey,
}: {
  view: CheckoutView;
  form: SplitForm | null;
  idempotencyKey: string;
}) {
  const t = useTranslations('checkout');
  const names = useTenderNames();
  const [method] = view.methods;
  const needsMethod = view.externalMinor > 0n;
  const fields: (readonly [string, string])[] = [
    ['idempotencyKey', idempotencyKey],
    ['cardMinor', view.cardMinor.toString()],
    ['externalMinor', view.externalMinor.toString()],
    ['method', needsMethod ? (method ?? '') : ''],
    ['own', form ? '1' : ''],
    ...(form ? choiceOf(form) : []).map((card) => ['card', chosenCardText(card)] as const),
  ];
  return (
    <section
      aria-label={t('summary.title')}
      className="flex flex-col gap-4 lg:rounded-md lg:border lg:border-line lg:bg-surface lg:px-4 lg:pt-1 lg:pb-4"
    >
      <dl className="hidden divide-y divide-line lg:block">
        <Row term={t('summary.card')} minor={view.cardMinor} currency={view.currency} />
        <Row
          term={method ? t('summary.other', { method: names.method(method) }) : t('summary.otherNone')}
          minor={view.externalMinor}
          currency={view.currency}
        />
        <Row term={t('summary.total')} minor={view.totalMinor} currency={view.currency} total />
      </dl>
      {needsMethod && !method ? (
        <Notice tone="danger" title={t('noMethod.title')}>
          {t('noMethod.text')}
        </Notice>
      ) : null}
      <ActionBar note={needsMethod && view.cardMinor > 0n ? t('promise.held') : t('promise.once')}>
        <PayForm
          action={`/checkout/${view.orderId}/pay`}
          fields={fields}
          pendingLabel={t('paying')}
          disabled={needsMethod && !method}
        >
          <PayWords view={view} />
        </PayForm>
      </ActionBar>
      <p role="status" className="sr-only">
        <PayWords view={view} />
      </p>
    </section>
  );
}

/** `卡付 336.50 + 支付宝 122.50`; where it does not fit on a line, it breaks between the two. */
function PayWords({ view }: { view: CheckoutView }) {
  const t = useTranslations('checkout.pay');
  const names = useTenderNames();
  const { cardMinor, externalMinor } = view;
  const [method] = view.methods;
  const other = method ? names.method(method) : t('other');
  const card = figure(cardMinor);
  const external = figure(externalMinor);
  if (externalMinor === 0n) return t('cards', { card });
  if (cardMinor === 0n) return t('external', { method: other, external });
  const part = (words: ReactNode) => <span className="whitespace-nowrap">{words}</span>;
  return t.rich('both', { card, method: other, external, part });
}

function figure(minor: bigint): string {
  const { whole, cents } = moneyParts(minor);
  return `${whole}.${cents}`;
}

function Row({
  term,
  minor,
  currency,
  total = false,
}: {
  term: string;
  minor: bigint;
  currency: CheckoutView['currency'];
  total?: boolean;
}) {
  return (
    <div className="flex items-baseline justify-between gap-4 py-2.5">
      <dt className={total ? undefined : 'text-ink-2'}>{term}</dt>
      <dd>
        <Amount minor={minor} currency={currency} size={total ? '2xl' : 'inherit'} quiet={!total} />
      </dd>
    </div>
  );
}
