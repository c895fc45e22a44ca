import { SearchX } from 'lucide-react';
import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/layout/page';
import { ButtonLink } from '@/components/ui/button';
import { Seal } from '@/components/ui/seal';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common.states');
  return { title: t('notFoundTitle'), robots: { index: false } };
}

/** Also the answer to what one may not see: the two must not differ. */
export default function NotFound() {
  const t = useTranslations('common.states');
  return (
    <Page width="narrow" title={t('notFoundTitle')} titleHidden>
      <div className="flex flex-col items-center gap-2 pt-4 text-center lg:pt-10">
        <Seal icon={SearchX} seed="404" id="not-found-seal" />
        <p aria-hidden="true" className="mt-2 font-bold text-xl">
          {t('notFoundTitle')}
        </p>
        <p className="text-balance text-ink-2">{t('notFoundText')}</p>
      </div>
      <div className="flex flex-col gap-3 pt-2">
        <ButtonLink href="/" look="primary">
          {t('goHome')}
        </ButtonLink>
        <ButtonLink href="/help">{t('help')}</ButtonLink>
      </div>
    </Page>
  );
}
