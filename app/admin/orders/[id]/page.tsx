import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requireRole } from '@/app/viewer';
import { OrderPill } from '@/components/admin/case-tables';
import { TIME } from '@/components/admin/formats';
import { OrderLines, PaymentTenders } from '@/components/admin/order-tables';
import { Amount } from '@/components/money/amount';
import { AsWritten } from '@/components/ui/as-written';
import { Facts, Panel } from '@/components/ui/panel';
import { database } from '@/lib/database';
import { type OrderCase, type StoryPart, viewOrder } from '@/lib/support';
import { AdminPage } from '../../admin-page';
import { caseLook } from '../../case-look';
import { CaseStory } from '../../case-story';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata(): Promise<Metadata> {
  await requireRole('support');
  const t = await getTranslations('admin');
  return { title: t('columns.order'), robots: { index: false } };
}

export default pageOrNotFound(OrderCasePage);

async function OrderCasePage({ params, searchParams }: PageProps<'/admin/orders/[id]'>) {
  const user = await requireRole('support');
  const look = caseLook(user, await params, await searchParams);
  const found = await viewOrder({ db: database(), now: new Date() }, look);
  if (!found) notFound();
  const t = await getTranslations('admin.order');
  const { order, story, part } = found;
  return (
    <AdminPage
      user={user}
      title={t('title', { number: order.number })}
      aside={<OrderPill state={order.state} />}
    >
      <div className="grid items-start gap-6 lg:grid-cols-[360px_minmax(0,1fr)]">
        <OrderFacts found={found} />
        <div className="flex min-w-0 flex-col gap-5">
          <section className="flex flex-col gap-2">
            <h2>{t('lines')}</h2>
            <OrderLines order={order} />
          </section>
          <section className="flex flex-col gap-2">
            <h2>{t('payments')}</h2>
            {order.payments.length === 0 ? <p className="text-ink-2">{t('noPayments')}</p> : null}
            {order.payments.map((payment) => (
              <PaymentTenders key={payment.id} payment={payment} currency={order.currency} />
            ))}
          </section>
          <CaseStory
            story={story}
            part={part}
            parts={PARTS}
            path={`/admin/orders/${order.id}`}
            paged={look.before !== undefined}
          />
        </div>
      </div>
    </AdminPage>
  );
}

const PARTS: readonly StoryPart[] = ['money', 'messages', 'staff'];

async function OrderFacts({ found: { order, holder } }: { found: OrderCase }) {
  const [t, format] = await Promise.all([getTranslations('admin.order'), getFormatter()]);
  return (
    <Panel title={t('facts')}>
      <Facts
        facts={[
          {
            term: t('holder'),
            value: (
              <Link
                href={`/admin/holders/${holder.id}`}
                prefetch={false}
                className="link inline-flex min-h-6 items-center"
              >
                <AsWritten>{holder.maskedName}</AsWritten> {holder.maskedPhone ?? holder.maskedEmail}
              </Link>
            ),
          },
          { term: t('total'), value: <Amount minor={order.totalMinor} currency={order.currency} /> },
          { term: t('placed'), value: format.dateTime(order.createdAt, TIME) },
          order.paidAt
            ? { term: t('paid'), value: format.dateTime(order.paidAt, TIME) }
            : { term: t('payBy'), value: format.dateTime(order.payBy, TIME) },
        ]}
      />
    </Panel>
  );
}
