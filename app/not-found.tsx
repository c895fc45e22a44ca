import { SearchX } from 'lucide-react';
import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/layout/page';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common.states');
  return { title: t('notFoundTitle'), robots: { index: false } };
}

/** Also the answer to what one may not see: the two must not differ. */
export default function NotFound() {
  const t = useTranslations('common.states');
  return (
    <Page
      width="narrow"
      title={
        <span className="flex flex-col gap-4">
          <Icon as={SearchX} size={32} className="text-ink-2" />
          {t('notFoundTitle')}
        </span>
      }
      lead={t('notFoundText')}
    >
      <div className="flex flex-col gap-3">
        <ButtonLink href="/" look="primary">
          {t('goHome')}
        </ButtonLink>
        <ButtonLink href="/help">{t('help')}</ButtonLink>
      </div>
    </Page>
  );
}
