import { SearchX } from 'lucide-react';
import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { SealPage } from '@/components/layout/seal-page';
import { ButtonLink } from '@/components/ui/button';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common.states');
  return { title: t('notFoundTitle'), robots: { index: false } };
}

/** Also the answer to what one may not see: the two must not differ. */
export default function NotFound() {
  const t = useTranslations('common.states');
  return (
    <SealPage
      seal={{ icon: SearchX, seed: '404', id: 'not-found-seal' }}
      title={t('notFoundTitle')}
      text={t('notFoundText')}
    >
      <ButtonLink href="/" look="primary">
        {t('goHome')}
      </ButtonLink>
      <ButtonLink href="/help">{t('help')}</ButtonLink>
    </SealPage>
  );
}
