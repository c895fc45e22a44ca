import { useTranslations } from 'next-intl';
import { LoadingStatus, Skeleton, SkeletonRows } from '@/components/ui/skeleton';

/**
 * What a `loading.tsx` shows. Only for segments that nobody needs without JavaScript: under a `loading.tsx` the page
 * itself arrives hidden and is put in place by a script, so forms below it would never be seen without one.
 */
export function LoadingPage() {
  const t = useTranslations('common.states');
  return (
    <div className="mx-auto flex w-full max-w-[800px] flex-col gap-5 px-page pt-5 lg:pt-8">
      <LoadingStatus>{t('loading')}</LoadingStatus>
      <Skeleton className="h-7 w-40" />
      <SkeletonRows rows={5} />
    </div>
  );
}
