import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/viewer';
import { formTexts } from '@/components/forms/form-texts';
import { Page } from '@/components/layout/page';
import { NameForm } from './name-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('identity');
  return { title: t('name.title') };
}

export default async function NamePage() {
  const user = await requireUser();
  const [t, texts] = await Promise.all([getTranslations('identity'), formTexts('identity')]);
  return (
    <Page title={t('name.title')} back={{ href: '/account', label: t('account.title') }} width="narrow">
      <NameForm
        name={user.name}
        texts={texts}
        labels={{
          name: t('fields.name'),
          nameHint: t('fields.nameHint'),
          submit: t('name.submit'),
          pending: t('name.pending'),
        }}
      />
    </Page>
  );
}
