import { Unlink } from 'lucide-react';
import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { SealPage } from '@/components/layout/seal-page';
import { ButtonLink } from '@/components/ui/button';

export async function deadLinkMetadata(): Promise<Metadata> {
  const t = await getTranslations('gifts.open');
  return { title: t('dead'), referrer: 'no-referrer', robots: { index: false } };
}

/** A link that leads nowhere: mistyped, replaced by a newer one, or made up; nobody can tell which. */
export function DeadLink() {
  const t = useTranslations('gifts.open');
  return (
    <SealPage
      seal={{ icon: Unlink, seed: 'dead-link', id: 'dead-link-seal' }}
      title={t('dead')}
      text={t('deadText')}
    >
      <ButtonLink href="/" look="primary">
        {t('home')}
      </ButtonLink>
      <ButtonLink href="/help">{t('help')}</ButtonLink>
    </SealPage>
  );
}
