import { useTranslations } from 'next-intl';
import { Page } from '@/components/layout/page';
import { SHELF_GRID } from '@/components/shop/product-tile';
import { LoadingStatus, Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  const [t, common] = [useTranslations('shop'), useTranslations('common.states')];
  return (
    <Page title={t('title')} lead={t('lead')} width="wide">
      <LoadingStatus>{common('loading')}</LoadingStatus>
      <Skeleton className="h-13 rounded-md" />
      <Skeleton className="h-11 rounded-full" />
      <Skeleton className="h-18" />
      <div className={SHELF_GRID}>
        {PLACES.map((place) => (
          <div key={place} className="flex flex-col gap-2 rounded-md border border-line bg-surface p-2">
            <Skeleton className="aspect-square" />
            <Skeleton className="h-5 w-4/5" />
            <Skeleton className="h-4 w-2/5" />
            <Skeleton className="h-6 w-1/2" />
          </div>
        ))}
      </div>
    </Page>
  );
}

const PLACES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
