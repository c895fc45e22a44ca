import { Unlink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Page } from '@/components/layout/page';
import { ButtonLink } from '@/components/ui/button';
import { Seal } from '@/components/ui/seal';

/** A link that leads nowhere: mistyped, replaced by a newer one, or made up; nobody can tell which. */
export function DeadLink() {
  const t = useTranslations('gifts.open');
  return (
    <Page width="narrow" title={t('dead')} titleHidden>
      <div className="flex flex-col items-center gap-2 pt-4 text-center lg:pt-10">
        <Seal icon={Unlink} seed="dead-link" id="dead-link-seal" />
        <p aria-hidden="true" className="mt-2 font-bold text-xl">
          {t('dead')}
        </p>
        <p className="text-balance text-ink-2">{t('deadText')}</p>
      </div>
      <div className="flex flex-col gap-3 pt-2">
        <ButtonLink href="/" look="primary">
          {t('home')}
        </ButtonLink>
        <ButtonLink href="/help">{t('help')}</ButtonLink>
      </div>
    </Page>
  );
}
