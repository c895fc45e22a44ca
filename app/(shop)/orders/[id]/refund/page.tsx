import { randomUUID } from 'node:crypto';
import { RotateCcw } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { RefundChoice } from '@/components/shop/refund-choice';
import { RefundReview } from '@/components/shop/refund-review';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorSummary } from '@/components/ui/error-summary';
import { checkoutContext, refundPreview } from '@/lib/checkout';
import { database } from '@/lib/database';
import { formatMoney, parseId } from '@/lib/kernel';
import { type Order, orderView, type ReturnRefusal } from '@/lib/shop';
import { requestRefundAction } from '../../../actions';
import { orderPayment } from '../order-payment';
import { readReturns } from './read-returns';

interface Address {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata(address: Address): Promise<Metadata> {
  const [t, common, { problem }] = await Promise.all([
    getTranslations('shop.refund'),
    getTranslations('common.errors'),
    readAddress(address),
  ]);
  return { title: problem ? `${common('titlePrefix')}${t('title')}` : t('title') };
}

export default pageOrNotFound(RefundPage);

/**
 * Choosing and reviewing are addresses (`?from=…&pieces.<line>=2`), so both work without scripts and the way back keeps
 * what was chosen; only the last step changes anything.
 */
async function RefundPage(address: Address) {
  const { user, order, returnable, fields, choice, problem, now } = await readAddress(address);
  const t = await getTranslations('shop.refund');
  if (!returnable.some((each) => each.open)) return <NothingLeft orderId={order.id} />;
  const preview = choice?.ok
    ? await refundPreview(checkoutContext(now), { orderId: order.id, userId: user.id, lines: choice.value })
    : null;
  if (choice?.ok && preview?.ok) {
    return (
      <Page
        title={t('review')}
        lead={t('reviewLead')}
        back={{ href: changeAddress(order.id, fields), label: t('change') }}
        width="narrow"
      >
        <RefundReview
          order={order}
          choice={choice.value}
          preview={preview.value}
          reason={fields.get('reason') ?? 'unwanted'}
          idempotencyKey={randomUUID()}
          request={requestRefundAction}
        />
      </Page>
    );
  }
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      back={{ href: `/orders/${order.id}`, label: t('back') }}
      width="narrow"
    >
      <ErrorSummary
        title={t('errors.summary')}
        titlePrefix={(await getTranslations('common'))('errors.titlePrefix')}
        errors={problem ? [problem] : []}
      />
      <RefundChoice order={order} lines={returnable} fields={fields} problem={problem} />
    </Page>
  );
}

/** The order and what the address asks of it. */
async function readAddress({ params, searchParams }: Address) {
  const [{ id }, search] = await Promise.all([params, searchParams]);
  const fields = Object.entries(search).map(([name, value]) => [name, String(value ?? '')]);
  return readRefund(id, new URLSearchParams(fields).toString());
}

/** Read once for the title and the page. */
const readRefund = cache(async (id: string, query: string) => {
  const user = await requireUser();
  const orderId = parseId('ord', id);
  const order = orderId && (await orderView(database(), { userId: user.id, orderId }));
  const now = new Date();
  const paid = order && (await orderPayment(order, now));
  if (!order || !paid) notFound();
  const { returnable } = paid;
  const fields = new Map(new URLSearchParams(query));
  const choice = readReturns(returnable, fields);
  const t = await getTranslations('shop.refund.errors');
  const problem = fields.has('refused')
    ? { message: t('refused') }
    : choice && !choice.ok
      ? await sentenceOf(choice.refusal, order)
      : null;
  return { user, order, returnable, fields, choice, problem, now };
});

/** Back to the choice, with everything that was chosen. */
function changeAddress(
  orderId: Order['id'],
  fields: ReadonlyMap<string, string>,
): `/orders/${Order['id']}/refund?${string}` {
  const kept = [...fields].filter(([name]) => /^(pieces|amount)\.|^reason$/.test(name));
  return `/orders/${orderId}/refund?${new URLSearchParams(kept)}`;
}

async function NothingLeft({ orderId }: { orderId: Order['id'] }) {
  const t = await getTranslations('shop.refund');
  return (
    <Page title={t('title')} width="narrow">
      <EmptyState icon={RotateCcw} title={t('nothing')}>
        <ButtonLink href={`/orders/${orderId}`}>{t('back')}</ButtonLink>
      </EmptyState>
    </Page>
  );
}

async function sentenceOf(refusal: ReturnRefusal, order: Order) {
  const t = await getTranslations('shop.refund.errors');
  if (refusal.code === 'nothing_chosen') return { message: t('nothing_chosen') };
  const fieldId = `amount.${refusal.lineId}`;
  return refusal.code === 'above_refundable'
    ? { fieldId, message: t('above_refundable', { amount: formatMoney(refusal.leftMinor, order.currency) }) }
    : { fieldId, message: t(refusal.code) };
}
