import type { Route } from 'next';
import Link from 'next/link';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Quoting } from '@/components/ui/as-written';
import type { Attention, RecentLook } from '@/lib/support';
import { TIME } from './formats';

/** What this member of the staff looked at last, each leading to its case. */
export function RecentLooks({ looks }: { looks: readonly RecentLook[] }) {
  const t = useTranslations('admin.desk');
  const format = useFormatter();
  if (looks.length === 0) return <p className="text-ink-2">{t('noLooks')}</p>;
  return (
    <ul className={LIST}>
      {looks.map((look) => (
        <li key={look.id} className={ROW}>
          <LookLink look={look} />
          <time dateTime={look.at.toISOString()} className="ml-auto text-ink-2 text-sm tabular-nums">
            {format.dateTime(look.at, TIME)}
          </time>
        </li>
      ))}
    </ul>
  );
}

function LookLink({ look }: { look: RecentLook }) {
  const t = useTranslations('admin.desk.look');
  const english = useLocale() === 'en';
  switch (look.kind) {
    case 'card': {
      const { nameZh, nameEn } = look.card.programme;
      const words = { name: english ? nameEn : nameZh, lastFour: look.card.lastFour };
      return <CaseLink href={`/admin/cards/${look.id}`}>{t('card', words)}</CaseLink>;
    }
    case 'order':
      return (
        <CaseLink href={`/admin/orders/${look.id}`}>{t('order', { number: look.order.number })}</CaseLink>
      );
    case 'holder':
      return (
        <CaseLink href={`/admin/holders/${look.id}`}>
          <Quoting>{t('holder', { name: look.holder.maskedName })}</Quoting>
        </CaseLink>
      );
  }
}

/** What waits for people, and where to begin. */
export function AttentionList({ attention }: { attention: Attention }) {
  const t = useTranslations('admin.desk');
  const { stuckPayments, stuckRefunds, stuckOrders, parkedMessages, requests } = attention;
  if (stuckPayments + stuckRefunds + parkedMessages + requests.open === 0)
    return <p className="text-ink-2">{t('calm')}</p>;
  return (
    <ul className={LIST}>
      {requests.open > 0 ? (
        <li className={ROW}>
          <CaseLink href="/admin/requests">{t('requests', requests)}</CaseLink>
        </li>
      ) : null}
      {stuckPayments > 0 ? <li className={ROW}>{t('stuckPayments', { count: stuckPayments })}</li> : null}
      {stuckRefunds > 0 ? <li className={ROW}>{t('stuckRefunds', { count: stuckRefunds })}</li> : null}
      {stuckOrders.map(({ id, number }) => (
        <li key={id} className={ROW}>
          <CaseLink href={`/admin/orders/${id}`}>{t('look.order', { number })}</CaseLink>
        </li>
      ))}
      {parkedMessages > 0 ? <li className={ROW}>{t('parked', { count: parkedMessages })}</li> : null}
    </ul>
  );
}

function CaseLink<Path extends string>({ href, children }: { href: Route<Path>; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="link inline-flex min-h-target items-center">
      {children}
    </Link>
  );
}

const LIST = 'divide-y divide-line rounded-md border border-line bg-surface px-4';
const ROW = 'flex min-h-target flex-wrap items-center gap-x-3 py-1';
