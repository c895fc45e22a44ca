import { Gift } from 'lucide-react';
import type { Metadata } from 'next';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { PurchasePill } from '@/components/sales/purchase-pill';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { List, ListRow } from '@/components/ui/panel';
import { database } from '@/lib/database';
import { formatMoney } from '@/lib/kernel';
import { purchasesPage } from '@/lib/sales';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('purchases.title') };
}

export default async function PurchasesPage({ searchParams }: PageProps<'/purchases'>) {
  const user = await requireUser();
  const [t, { page: wish }] = await Promise.all([getTranslations('sales'), searchParams]);
  const page = Math.min(Math.max(Number.parseInt(String(wish), 10) || 1, 1), 999);
  const { purchases, hasNext } = await purchasesPage(
    { db: database(), now: new Date() },
    { userId: user.id, page },
  );
  return (
    <Page title={t('purchases.title')} back={{ href: '/cards', label: t('purchases.back') }}>
      {purchases.length === 0 ? (
        <EmptyState icon={Gift} title={t('purchases.none')} text={t('purchases.noneText')}>
          <ButtonLink href="/buy" look="primary" block>
            {t('title')}
          </ButtonLink>
        </EmptyState>
      ) : (
        <>
          <List label={t('purchases.title')}>
            {purchases.map((purchase) => (
              <Row key={purchase.id} purchase={purchase} />
            ))}
          </List>
          {hasNext ? (
            <ButtonLink href={`/purchases?page=${page + 1}`} block>
              {t('purchases.older')}
            </ButtonLink>
          ) : null}
          <ButtonLink href="/buy" look="primary" block>
            {t('title')}
          </ButtonLink>
        </>
      )}
    </Page>
  );
}

type Listed = Awaited<ReturnType<typeof purchasesPage>>['purchases'][number];

function Row({ purchase }: { purchase: Listed }) {
  const t = useTranslations('sales');
  const [format, locale] = [useFormatter(), useLocale()];
  const { faceMinor, quantity, unitMinor, purpose, standing } = purchase;
  return (
    <ListRow
      href={`/purchases/${purchase.id}`}
      title={t('purchases.line', {
        name: locale === 'en' ? purchase.nameEn : purchase.nameZh,
        face: formatMoney(faceMinor),
        quantity,
      })}
      detail={t('purchases.detail', {
        purpose: t(`purpose.${purpose}`),
        date: format.dateTime(purchase.createdAt, { dateStyle: 'medium' }),
      })}
      aside={
        <span className="flex flex-col items-end gap-1">
          <Amount minor={unitMinor * BigInt(quantity)} />
          <PurchasePill state={standing} />
        </span>
      }
    />
  );
}
