import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { getFormatter, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requireUser } from '@/app/viewer';
import { PaymentStory } from '@/components/checkout/payment-story';
import { ReceiptList } from '@/components/checkout/receipt-list';
import { RefundList } from '@/components/checkout/refund-list';
import { Columns, Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { OrderLines } from '@/components/shop/order-lines';
import { StandingPill } from '@/components/shop/standing-pill';
import { ActionBar } from '@/components/ui/action-bar';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Facts, Panel } from '@/components/ui/panel';
import { SubmitButton } from '@/components/ui/submit-button';
import { database } from '@/lib/database';
import { parseId } from '@/lib/kernel';
import {
  type Order,
  type OrderLine,
  type OrderStanding,
  orderNumberGroups,
  orderView,
  type ReturnableLine,
  standingOf,
} from '@/lib/shop';
import { cancelOrderAction } from '../../actions';
import { type OrderPayment, orderPayment } from './order-payment';

interface Address {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params }: Address): Promise<Metadata> {
  await ownOrder((await params).id);
  return { title: (await getTranslations('shop'))('order.title') };
}

export default pageOrNotFound(OrderPage);

async function OrderPage({ params, searchParams }: Address) {
  const order = await ownOrder((await params).id);
  const now = new Date();
  const [t, paid, search] = [
    await getTranslations('shop'),
    await orderPayment(order, now),
    await searchParams,
  ];
  const standing = standingOf(order, now);
  const returnable = order.paidAt === null ? [] : (paid?.returnable ?? []);
  return (
    <Page
      title={t('order.title')}
      back={{ href: '/orders', label: t('order.back') }}
      aside={<StandingPill standing={standing} />}
      width="wide"
    >
      <Outcome search={search} />
      <Columns
        aside={
          <>
            <OrderFacts order={order} standing={standing} />
            <Steps
              order={order}
              standing={standing}
              tried={paid !== null}
              canReturn={returnable.some((each) => each.open)}
            />
          </>
        }
        below={paid ? <PaymentParts paid={paid} /> : null}
      >
        <p>
          <span className="block text-ink-2 text-sm">{t('order.total')}</span>
          <Amount minor={order.totalMinor} currency={order.currency} size="3xl" />
        </p>
        <Say order={order} standing={standing} />
        <Panel title={t('order.lines')}>
          <OrderLines order={order} note={await returnNotes(returnable)} />
        </Panel>
      </Columns>
      {standing === 'open' ? (
        <div className="contents lg:hidden">
          <ActionBar>
            <ButtonLink href={`/checkout/${order.id}`} look="primary" block>
              {t(paid ? 'order.payAgain' : 'order.pay')}
            </ButtonLink>
          </ActionBar>
        </div>
      ) : null}
    </Page>
  );
}

/** The owner's alone: for everybody else there is no such order. Read once for the title and the page. */
const ownOrder = cache(async (id: string) => {
  const user = await requireUser();
  const orderId = parseId('ord', id);
  return (orderId && (await orderView(database(), { userId: user.id, orderId }))) ?? notFound();
});

/** What paid, what went back, and how it came to that. */
function PaymentParts({ paid: { receipt, refunds, story } }: { paid: OrderPayment }) {
  const [t, titles] = [useTranslations('checkout.order'), useTranslations('checkout.refunds')];
  return (
    <>
      {receipt.paidAt ? (
        <section className="flex flex-col gap-3">
          <h2>{t('receipt')}</h2>
          <ReceiptList receipt={receipt} />
        </section>
      ) : null}
      {refunds.length > 0 ? (
        <Panel title={titles('title')}>
          <RefundList refunds={refunds} receipt={receipt} />
        </Panel>
      ) : null}
      <Panel title={t('story')}>
        <PaymentStory story={story} receipt={receipt} />
      </Panel>
    </>
  );
}

function Say({ order, standing }: { order: Order; standing: OrderStanding }) {
  const t = useTranslations('shop.order');
  const time = useFormatter().dateTime(order.payBy, { timeStyle: 'short' });
  const tone =
    standing === 'open' || standing === 'paying' ? 'amber' : standing === 'paid' ? 'jade' : 'neutral';
  return <Notice tone={tone}>{t(`say.${standing}`, { time })}</Notice>;
}

function OrderFacts({ order, standing }: { order: Order; standing: OrderStanding }) {
  const t = useTranslations('shop.order');
  const format = useFormatter();
  const time = (at: Date) => format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Panel>
      <Facts
        facts={[
          { term: t('number'), value: orderNumberGroups(order.number) },
          { term: t('placed'), value: time(order.createdAt) },
          ...(order.paidAt ? [{ term: t('paidAt'), value: time(order.paidAt) }] : []),
          ...(standing === 'open' ? [{ term: t('payBy'), value: time(order.payBy) }] : []),
        ]}
      />
    </Panel>
  );
}

/** What can be done with the order now. */
function Steps({
  order,
  standing,
  tried,
  canReturn,
}: {
  order: Order;
  standing: OrderStanding;
  /** Whether a payment of it was begun before. */
  tried: boolean;
  canReturn: boolean;
}) {
  const t = useTranslations('shop.order');
  if (standing === 'open') {
    return (
      <div className="flex flex-col gap-2">
        {/* On a phone the same stands in the bar at the thumb. */}
        <div className="hidden lg:block">
          <ButtonLink href={`/checkout/${order.id}`} look="primary" block>
            {t(tried ? 'payAgain' : 'pay')}
          </ButtonLink>
        </div>
        <CancelOrder orderId={order.id} />
      </div>
    );
  }
  if (standing === 'paying') {
    return (
      <ButtonLink href={`/checkout/${order.id}/result`} look="primary" block>
        {t('goOn')}
      </ButtonLink>
    );
  }
  if (canReturn) {
    return (
      <ButtonLink href={`/orders/${order.id}/refund`} block>
        {t('refund')}
      </ButtonLink>
    );
  }
  return (
    <ButtonLink href="/shop" block>
      {t('buyAgain')}
    </ButtonLink>
  );
}

/** Asks once more in place, without a script: the button only opens the question. */
function CancelOrder({ orderId }: { orderId: string }) {
  const t = useTranslations('shop.order');
  return (
    <details className="group rounded-md border border-line bg-surface">
      <summary className="flex min-h-control items-center justify-center rounded-md px-4 text-ink-2 hover:text-ink">
        {t('cancel')}
      </summary>
      <form action={cancelOrderAction} className="flex flex-col gap-3 border-line border-t px-4 py-3">
        <input type="hidden" name="orderId" value={orderId} />
        <p>
          <b>{t('cancelAsk')}</b> {t('cancelText')}
        </p>
        <SubmitButton look="danger" pendingLabel={t('cancelling')}>
          {t('cancel')}
        </SubmitButton>
      </form>
    </details>
  );
}

function Outcome({ search }: { search: Record<string, string | string[] | undefined> }) {
  const t = useTranslations('shop');
  if (search.refunded !== undefined) {
    return (
      <Notice tone="jade" title={t('refund.done')} live>
        {t('refund.doneText')}
      </Notice>
    );
  }
  if (search.cancelled !== undefined) {
    return <Notice title={t('order.cancelled')} live />;
  }
  if (search.problem !== 'payment_under_way' && search.problem !== 'order_not_open') return null;
  return (
    <Notice tone="amber" live>
      {t(`order.problem.${search.problem}`)}
    </Notice>
  );
}

/** Until when each line can go back, in words. */
async function returnNotes(lines: readonly ReturnableLine[]) {
  const [t, format] = [await getTranslations('shop.order'), await getFormatter()];
  const notes = new Map(
    lines.map(({ line, until, open }) => {
      if (until === null) return [line.id, t('returnNever')];
      if (!open) return [line.id, null];
      return [line.id, t('returnUntil', { time: format.dateTime(until, { dateStyle: 'medium' }) })];
    }),
  );
  return (line: OrderLine) => notes.get(line.id) ?? null;
}
