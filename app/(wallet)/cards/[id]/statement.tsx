import { ReceiptText } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Amount } from '@/components/money/amount';
import { EmptyState } from '@/components/ui/empty-state';
import { Pagination } from '@/components/ui/pagination';
import { List, ListRow } from '@/components/ui/panel';
import type { CardStatement, CardStatementLine, WalletCard } from '@/lib/cards';
import { orderNumberGroups } from '@/lib/shop';
import type { StatementPages } from './statement-pages';

/** Everything that ever changed a card's balance, newest first, with the balance after it. */
export function Statement({ statement, pages }: { statement: CardStatement; pages: StatementPages }) {
  const t = useTranslations('wallet.statement');
  const paging = useTranslations('common.pagination');
  const { card, lines } = statement;
  const address = (page: { before: string | null } | null) =>
    page &&
    (page.before ? (`/cards/${card.id}?before=${page.before}` as const) : (`/cards/${card.id}` as const));
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <h2>{t('title')}</h2>
      {lines.length === 0 ? (
        <EmptyState icon={ReceiptText} title={t('empty')} />
      ) : (
        <List label={t('title')}>
          {lines.map((line) => (
            <StatementRow
              key={line.number.toString()}
              line={line}
              currency={card.currency}
              among={lines.some(({ order }) => order !== null)}
            />
          ))}
        </List>
      )}
      <Pagination
        previous={address(pages.newer)}
        next={address(pages.older)}
        status={paging('of', { page: pages.page, pages: pages.pages })}
      />
    </section>
  );
}

function StatementRow({
  line,
  currency,
  among,
}: {
  line: CardStatementLine;
  currency: WalletCard['currency'];
  among: boolean;
}) {
  const t = useTranslations('wallet.statement');
  const whats = useTranslations('cards.statement');
  const format = useFormatter();
  const at = format.dateTime(line.at, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <ListRow
      title={whats.has(line.what) ? whats(line.what) : whats('other')}
      detail={
        <>
          <time dateTime={line.at.toISOString()} className="tabular-nums">
            {at}
          </time>
          {line.order ? (
            <span className="block">{t('order', { number: orderNumberGroups(line.order.number) })}</span>
          ) : null}
        </>
      }
      aside={
        <>
          <Amount minor={line.amountMinor} currency={currency} sign="always" className="text-lg" />
          <span className="block text-ink-2 text-sm">
            {t.rich('after', {
              amount: () => <Amount minor={line.balanceAfterMinor} currency={currency} quiet />,
            })}
          </span>
        </>
      }
      among={among}
      {...(line.order ? { href: `/orders/${line.order.id}` as const } : {})}
    />
  );
}
