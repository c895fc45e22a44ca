import Link from 'next/link';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CardFace } from '@/components/card/card';
import { Amount } from '@/components/money/amount';
import { AsWritten } from '@/components/ui/as-written';
import { type Column, DataTable, RowLink } from '@/components/ui/data-table';
import type { Tone } from '@/components/ui/notice';
import { Pill } from '@/components/ui/pill';
import type { CardStatus, SupportCard } from '@/lib/cards';
import type { HolderLine, OrderLine } from '@/lib/support';
import { DAY, TIME } from './formats';

/** Holders, masked, each leading to its case. */
export function HolderTable({ holders, empty }: { holders: readonly HolderLine[]; empty: ReactNode }) {
  const t = useTranslations('admin');
  const format = useFormatter();
  const columns: Column<HolderLine>[] = [
    {
      key: 'name',
      heading: t('columns.name'),
      cell: (holder) => (
        <RowLink href={`/admin/holders/${holder.id}`}>
          <AsWritten>{holder.maskedName}</AsWritten>
        </RowLink>
      ),
    },
    {
      key: 'login',
      heading: t('columns.login'),
      cell: (holder) => <span className="whitespace-nowrap">{loginOf(holder)}</span>,
    },
    { key: 'since', heading: t('columns.since'), cell: ({ createdAt }) => format.dateTime(createdAt, DAY) },
    { key: 'state', heading: t('columns.state'), cell: (holder) => <AccountPill holder={holder} /> },
  ];
  return <DataTable caption={t('search.results.holders')} columns={columns} rows={holders} empty={empty} />;
}

/** Cards, each leading to its case. `holders`: whose they are, where the table is not one holder's own. */
export function CardTable({
  cards,
  holders,
  caption,
  empty,
}: {
  cards: readonly SupportCard[];
  holders?: readonly HolderLine[];
  caption: string;
  empty: ReactNode;
}) {
  const t = useTranslations('admin');
  const holderOf = new Map<string | null, HolderLine>(holders?.map((holder) => [holder.id, holder]));
  const columns: Column<SupportCard>[] = [
    { key: 'card', heading: t('columns.card'), cell: (card) => <CardName card={card} /> },
    {
      key: 'state',
      heading: t('columns.state'),
      cell: ({ status }) => <CardPill status={status} />,
    },
    {
      key: 'usable',
      heading: t('columns.usable'),
      align: 'end',
      cell: ({ usableMinor, currency }) => <Amount minor={usableMinor} currency={currency} />,
    },
    {
      key: 'held',
      heading: t('columns.held'),
      align: 'end',
      cell: ({ heldMinor, currency }) => <Amount minor={heldMinor} currency={currency} quiet />,
    },
    { key: 'expiry', heading: t('columns.expiry'), cell: (card) => <Expiry card={card} /> },
    ...(holders
      ? [
          {
            key: 'holder',
            heading: t('columns.holder'),
            cell: (card: SupportCard) => <HolderName holder={holderOf.get(card.holderId)} />,
          },
        ]
      : []),
  ];
  return <DataTable caption={caption} columns={columns} rows={cards} empty={empty} />;
}

/** Orders, each leading to its case. */
export function OrderTable({
  orders,
  caption,
  withHolder = false,
  empty,
}: {
  orders: readonly OrderLine[];
  caption: string;
  withHolder?: boolean;
  empty: ReactNode;
}) {
  const t = useTranslations('admin');
  const format = useFormatter();
  const columns: Column<OrderLine>[] = [
    {
      key: 'order',
      heading: t('columns.order'),
      cell: (order) => <RowLink href={`/admin/orders/${order.id}`}>{order.number}</RowLink>,
    },
    { key: 'state', heading: t('columns.state'), cell: ({ state }) => <OrderPill state={state} /> },
    {
      key: 'total',
      heading: t('columns.total'),
      align: 'end',
      cell: ({ totalMinor, currency }) => <Amount minor={totalMinor} currency={currency} />,
    },
    {
      key: 'placed',
      heading: t('columns.placed'),
      cell: ({ createdAt }) => <span className="whitespace-nowrap">{format.dateTime(createdAt, TIME)}</span>,
    },
    ...(withHolder
      ? [
          {
            key: 'holder',
            heading: t('columns.holder'),
            cell: ({ holder }: OrderLine) => <HolderName holder={holder} />,
          },
        ]
      : []),
  ];
  return <DataTable caption={caption} columns={columns} rows={orders} empty={empty} />;
}

function CardName({ card }: { card: SupportCard }) {
  const { nameZh, nameEn, medium, colours } = card.programme;
  const name = useLocale() === 'en' ? nameEn : nameZh;
  return (
    <RowLink href={`/admin/cards/${card.id}`} className="whitespace-nowrap">
      <CardFace size="sm" publicId={card.id} programmeName={name} medium={medium} colours={colours} />
      {name} •{card.lastFour}
    </RowLink>
  );
}

function HolderName({ holder }: { holder: Pick<HolderLine, 'id' | 'maskedName'> | undefined }) {
  const t = useTranslations('admin');
  if (!holder) return <span className="text-ink-2">{t('unbound')}</span>;
  return (
    <Link
      href={`/admin/holders/${holder.id}`}
      prefetch={false}
      className="relative inline-flex min-h-6 min-w-6 items-center underline underline-offset-4"
    >
      <AsWritten>{holder.maskedName}</AsWritten>
    </Link>
  );
}

/** Until which day a card is good. */
export function Expiry({ card }: { card: Pick<SupportCard, 'expiresAt'> }) {
  const t = useTranslations('admin');
  const format = useFormatter();
  if (card.expiresAt === null) return <>{t('forever')}</>;
  // A card ends with its last day: the instant itself is the next day's first.
  const day = format.dateTime(new Date(card.expiresAt.getTime() - 1), DAY);
  return <span className="whitespace-nowrap">{t('until', { day })}</span>;
}

export function AccountPill({ holder }: { holder: HolderLine }) {
  const t = useTranslations('admin');
  return (
    <span className="inline-flex flex-wrap gap-1">
      {holder.disabledAt ? (
        <Pill tone="danger">{t('account.disabled')}</Pill>
      ) : (
        <Pill tone="jade">{t('account.active')}</Pill>
      )}
      {holder.role === 'shopper' ? null : <Pill>{t(`role.${holder.role}`)}</Pill>}
    </span>
  );
}

export function CardPill({ status }: { status: CardStatus }) {
  const t = useTranslations('cards.status');
  return <Pill tone={CARD_TONES[status]}>{t(status)}</Pill>;
}

export function OrderPill({ state }: { state: string }) {
  const t = useTranslations('admin.orderState');
  return <Pill tone={ORDER_TONES[state] ?? 'neutral'}>{t.has(state) ? t(state) : state}</Pill>;
}

export function loginOf(holder: HolderLine): string {
  return [holder.maskedPhone, holder.maskedEmail].filter(Boolean).join(' · ');
}

const CARD_TONES: Record<CardStatus, Tone> = {
  usable: 'jade',
  expiring_soon: 'amber',
  used_up: 'neutral',
  expired: 'neutral',
  frozen: 'danger',
  not_activated: 'neutral',
  closed: 'neutral',
};

const ORDER_TONES: Record<string, Tone> = {
  open: 'amber',
  paying: 'amber',
  paid: 'jade',
};
