import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { safeNextPath, withNext } from '@/app/next-path';
import { currentUser } from '@/app/viewer';
import { formTexts } from '@/components/forms/form-texts';
import { WayIn } from '@/components/layout/way-in';
import { SignUpForm } from './sign-up-form';

interface Search {
  searchParams: Promise<{ next?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('identity');
  return { title: t('signUp.title') };
}

export default async function SignUpPage({ searchParams }: Search) {
  const { next: wish } = await searchParams;
  const next = safeNextPath(typeof wish === 'string' ? wish : null);
  if (await currentUser()) redirect(next ?? '/account');
  const [t, common, texts] = await Promise.all([
    getTranslations('identity'),
    getTranslations('common'),
    formTexts('identity'),
  ]);
  return (
    <WayIn title={t('signUp.title')} lead={t('signUp.lead')}>
      <SignUpForm
        next={next}
        texts={texts}
        labels={{
          login: t('fields.login'),
          loginHint: t('fields.loginHint'),
          password: t('fields.password'),
          passwordHint: t('fields.passwordHint'),
          name: t('fields.name'),
          nameHint: t('fields.nameHint'),
          optional: common('optional'),
          submit: t('signUp.submit'),
          pending: t('signUp.pending'),
        }}
      />
      <p className="text-center text-ink-2">
        {t('signUp.haveAccount')}{' '}
        <Link
          href={withNext('/sign-in', next)}
          className="link inline-flex min-h-target min-w-target items-center justify-center"
        >
          {t('signUp.toSignIn')}
        </Link>
      </p>
    </WayIn>
  );
}
