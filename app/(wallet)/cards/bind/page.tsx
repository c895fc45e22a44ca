import { Headset } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { checkoutPath } from '@/app/next-path';
import { readPreferences } from '@/app/preferences';
import { requireUser } from '@/app/viewer';
import { captchaTexts } from '@/components/forms/captcha-texts';
import { formTexts } from '@/components/forms/form-texts';
import { Columns, Page } from '@/components/layout/page';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { StepBar } from '@/components/ui/step-bar';
import { issueDrawnChallenge } from '@/lib/captcha';
import { env } from '@/lib/env';
import { BindForm } from './bind-form';
import { bindTexts } from './bind-texts';
import { WhereOnCard } from './where-on-card';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('wallet.bind');
  return { title: t('title') };
}

export default async function BindPage({ searchParams }: PageProps<'/cards/bind'>) {
  await requireUser();
  const next = checkoutPath((await searchParams).next);
  const [t, bind, form, captcha] = await Promise.all([
    getTranslations('wallet.bind'),
    bindTexts(),
    formTexts('cards'),
    captchaTexts(),
  ]);
  const stepwise = (await readPreferences()).mode === 'simple';
  const token = issueDrawnChallenge({ now: new Date(), key: env().captchaKey });
  return (
    <Page
      title={t('title')}
      width="wide"
      back={next ? { href: next, label: t('backToCheckout') } : { href: '/cards', label: t('back') }}
    >
      <Columns aside={<WhereOnCard />}>
        {stepwise ? null : <StepBar step={1} steps={2} label={t('step1')} />}
        <BindForm
          next={next}
          stepwise={stepwise}
          texts={{ bind, form }}
          captcha={{ texts: captcha, token }}
        />
        <ButtonLink href="/help" icon={<Icon as={Headset} />} block>
          {t('assist')}
        </ButtonLink>
        <p className="text-ink-2 text-sm">{t('promise')}</p>
      </Columns>
    </Page>
  );
}
