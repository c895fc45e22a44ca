import { ReceiptText } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { ProductArt } from '@/components/shop/product-art';
import { StandingPill } from '@/components/shop/standing-pill';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkPending } from '@/components/ui/link-pending';
import { Pagination } from '@/components/ui/pagination';
import { database } from '@/lib/database';
import { type Order, orderNumberGroups, ordersPage, shopQuerySchema, standingOf, textIn } from '@/lib/shop';

interface Address {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shop'))('orders.title') };
}

export default async function OrdersPage({ searchParams }: Address) {
  const user = await requireUser();
  const { page } = shopQuerySchema.pick({ page: true }).parse(await searchParams);
  const [t, { orders, hasNext }] = [
    await getTranslations('shop.orders'),
    await ordersPage(database(), { userId: user.id, page }),
  ];
  const now = new Date();
  return (
    <Page title={t('title')}>
      {orders.length === 0 && page === 1 ? (
        <NoOrders />
      ) : (
        <ul aria-label={t('list')} className="flex flex-col gap-3">
          {orders.map((order) => (
            <OrderCard key={order.id} order={order} now={now} />
          ))}
        </ul>
      )}
      <Pagination
        previous={page > 1 ? `/orders?page=${page - 1}` : null}
        next={hasNext ? `/orders?page=${page + 1}` : null}
        status={t('page', { page })}
      />
    </Page>
  );
}

function OrderCard({ order, now }: { order: Order; now: Date }) {
  const t = useTranslations('shop.orders');
  const locale = useLocale();
  const format = useFormatter();
  const [first] = order.lines;
  const count = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <li>
      <Link
        href={`/orders/${order.id}`}
        className="relative flex flex-col gap-3 rounded-md border border-line bg-surface px-4 py-3.5 transition-[border-color,box-shadow] duration-150 hover:border-edge hover:shadow-panel"
      >
        <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <span className="text-ink-2 text-sm tabular-nums">
            {format.dateTime(order.createdAt, { dateStyle: 'medium', timeStyle: 'short' })}
          </span>
          <StandingPill standing={standingOf(order, now)} />
        </span>
        <span className="flex items-center gap-2">
          {order.lines.slice(0, SHOWN).map((line) => (
            <ProductArt key={line.id} art={line.art} size="thumb" className="max-w-16 rounded-sm" />
          ))}
          {order.lines.length > SHOWN ? (
            <span className="text-ink-2 text-sm">+{order.lines.length - SHOWN}</span>
          ) : null}
        </span>
        <span className="flex items-end justify-between gap-4">
          <span className="min-w-0">
            <span className="block truncate font-bold">{first ? textIn(locale, first.title) : null}</span>
            <span className="block text-ink-2 text-sm tabular-nums">
              {t('number', { number: orderNumberGroups(order.number) })}
            </span>
          </span>
          <span className="shrink-0 text-right">
            <span className="block text-ink-2 text-sm">{t('items', { count })}</span>
            <Amount minor={order.totalMinor} currency={order.currency} size="lg" />
          </span>
        </span>
        <LinkPending />
      </Link>
    </li>
  );
}

function NoOrders() {
  const t = useTranslations('shop');
  return (
    <EmptyState icon={ReceiptText} title={t('orders.emptyTitle')} text={t('orders.emptyText')}>
      <ButtonLink href="/shop" look="primary">
        {t('basket.toShop')}
      </ButtonLink>
    </EmptyState>
  );
}

/** Pictures that fit beside each other at 320 px. */
const SHOWN = 3;
