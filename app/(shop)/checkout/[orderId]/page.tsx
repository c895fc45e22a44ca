import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { getFormatter, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { readPreferences } from '@/app/preferences';
import { requireUser } from '@/app/viewer';
import { BindOffer } from '@/components/checkout/bind-offer';
import { CheckoutLines } from '@/components/checkout/checkout-lines';
import { CheckoutSplit } from '@/components/checkout/checkout-split';
import { CheckoutSummary } from '@/components/checkout/checkout-summary';
import { Countdown } from '@/components/checkout/countdown';
import { Disclosure } from '@/components/checkout/disclosure';
import { SplitEditor } from '@/components/checkout/split-editor';
import { LiveAddress } from '@/components/forms/live-address';
import { Columns, Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import {
  type CheckoutView,
  checkoutContext,
  checkoutView,
  choiceOf,
  readSplitForm,
  type SplitForm,
} from '@/lib/checkout';
import type { Id } from '@/lib/kernel';
import { ExpiredOrder } from './expired-order';
import { isPayProblem, type PayProblem } from './problems';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params, searchParams }: PageProps<'/checkout/[orderId]'>): Promise<Metadata> {
  const [t, common, { problem }] = await Promise.all([
    getTranslations('checkout'),
    getTranslations('common.errors'),
    searchParams,
    readCheckout((await params).orderId, addressOf(await searchParams).toString()),
  ]);
  return { title: isPayProblem(problem) ? `${common('titlePrefix')}${t('title')}` : t('title') };
}

export default pageOrNotFound(CheckoutPage);

async function CheckoutPage({ params, searchParams }: PageProps<'/checkout/[orderId]'>) {
  const [{ orderId }, search] = await Promise.all([params, searchParams]);
  const opened = await readCheckout(orderId, addressOf(search).toString());
  if (opened === 'expired') return <ExpiredOrder orderId={orderId} />;
  const problem = isPayProblem(search.problem) ? search.problem : opened.problem;
  return <Checkout view={opened.view} form={opened.form} problem={problem} />;
}

/** Read once for the title and the page. */
const readCheckout = cache(async (orderId: string, address: string) => {
  const user = await requireUser();
  return open(orderId, user.id, readSplitForm(new URLSearchParams(address)));
});

async function open(
  orderId: string,
  userId: Id<'usr'>,
  form: SplitForm | null,
): Promise<'expired' | { view: CheckoutView; form: SplitForm | null; problem: PayProblem | null }> {
  const choice = form ? choiceOf(form) : undefined;
  const result = await checkoutView(checkoutContext(new Date()), { orderId, userId, choice });
  if (result.ok) return { view: result.value, form, problem: null };
  switch (result.refusal.code) {
    case 'order_not_found':
      notFound();
      break;
    case 'order_not_open':
      redirect(result.refusal.state === 'cancelled' ? `/orders/${orderId}` : `/checkout/${orderId}/result`);
      break;
    case 'order_expired':
      return 'expired';
    default: {
      // A card in the address that is not (or no longer) in this wallet: the page's own split, and why.
      const auto = await open(orderId, userId, null);
      return auto === 'expired' ? auto : { ...auto, problem: 'unknown_card' };
    }
  }
}

async function Checkout({
  view,
  form,
  problem,
}: {
  view: CheckoutView;
  form: SplitForm | null;
  problem: PayProblem | null;
}) {
  const [t, format, { mode }] = await Promise.all([
    getTranslations('checkout'),
    getFormatter(),
    readPreferences(),
  ]);
  const now = new Date();
  const payBy = t('payBy', {
    time: format.dateTime(view.payBy, { timeStyle: 'short' }),
  });
  return (
    <Page
      title={t('title')}
      width="wide"
      back={{ href: `/orders/${view.orderId}`, label: t('back') }}
      aside={<Countdown remainingMs={view.payBy.getTime() - now.getTime()} prefix={t('left')} text={payBy} />}
    >
      {problem ? (
        <Notice
          tone={problem === 'split_changed' ? 'amber' : 'danger'}
          title={t(`problem.${problem}.title`)}
          live
        >
          {t(`problem.${problem}.text`)}
        </Notice>
      ) : null}
      <LiveAddress>
        <Columns aside={<CheckoutSummary view={view} form={form} idempotencyKey={randomUUID()} />}>
          <div className="flex flex-wrap items-end justify-between gap-x-4">
            <p>
              <span className="block text-ink-2 text-sm">{t('due')}</span>
              <Amount minor={view.totalMinor} currency={view.currency} size="3xl" />
            </p>
            <p className="pb-1.5 text-ink-2 text-sm">
              {t('which', { number: view.orderNumber.slice(-4), count: view.itemCount })}
            </p>
          </div>
          <CheckoutSplit view={view} now={now} />
          <BindOffer view={view} />
          <Panel padded={false} className="px-4">
            {mode === 'simple' ? (
              <Disclosure summary={t('more')} open={form !== null}>
                <Details view={view} form={form} />
              </Disclosure>
            ) : (
              <Details view={view} form={form} />
            )}
          </Panel>
        </Columns>
      </LiveAddress>
    </Page>
  );
}

/** What may be looked into before paying; one row of its own in simple mode, where the page asks one thing. */
function Details({ view, form }: { view: CheckoutView; form: SplitForm | null }) {
  const t = useTranslations('checkout.refund');
  return (
    <>
      <SplitEditor view={view} form={form} />
      <CheckoutLines view={view} />
      <Disclosure summary={t('title')} aside={t('short')}>
        <p className="text-ink-2">{t('text')}</p>
      </Disclosure>
    </>
  );
}

function addressOf(search: Record<string, string | string[] | undefined>): URLSearchParams {
  const address = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const text of [value ?? []].flat()) address.append(name, text);
  }
  return address;
}
