import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/viewer';
import { formTexts } from '@/components/forms/form-texts';
import { Page } from '@/components/layout/page';
import { database } from '@/lib/database';
import { viewAccount } from '@/lib/identity';
import { PasswordForm } from './password-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('identity');
  return { title: t('password.title') };
}

export default async function PasswordPage() {
  const user = await requireUser();
  const [t, texts, account] = await Promise.all([
    getTranslations('identity'),
    formTexts('identity'),
    viewAccount({ db: database(), now: new Date() }, user),
  ]);
  return (
    <Page
      title={t('password.title')}
      lead={t('password.lead')}
      back={{ href: '/account', label: t('account.title') }}
      width="narrow"
    >
      <PasswordForm
        login={account.login}
        texts={texts}
        labels={{
          currentPassword: t('fields.currentPassword'),
          newPassword: t('fields.newPassword'),
          passwordHint: t('fields.passwordHint'),
          submit: t('password.submit'),
          pending: t('password.pending'),
        }}
      />
    </Page>
  );
}
