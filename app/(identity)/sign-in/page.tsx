import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { safeNextPath, withNext } from '@/app/next-path';
import { currentUser } from '@/app/viewer';
import { formTexts } from '@/components/forms/form-texts';
import { WayIn } from '@/components/layout/way-in';
import { SignInForm } from './sign-in-form';

interface Search {
  searchParams: Promise<{ next?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('identity');
  return { title: t('signIn.title') };
}

export default async function SignInPage({ searchParams }: Search) {
  const { next: wish } = await searchParams;
  const next = safeNextPath(typeof wish === 'string' ? wish : null);
  if (await currentUser()) redirect(next ?? '/account');
  const [t, texts] = await Promise.all([getTranslations('identity'), formTexts('identity')]);
  return (
    <WayIn title={t('signIn.title')} lead={next ? t('signIn.continue') : t('signIn.lead')}>
      <SignInForm
        next={next}
        texts={texts}
        labels={{
          login: t('fields.login'),
          password: t('fields.password'),
          submit: t('signIn.submit'),
          pending: t('signIn.pending'),
        }}
      />
      <p className="text-center text-ink-2">
        {t('signIn.noAccount')}{' '}
        <Link
          href={withNext('/sign-up', next)}
          className="link inline-flex min-h-target min-w-target items-center justify-center"
        >
          {t('signIn.toSignUp')}
        </Link>
      </p>
    </WayIn>
  );
}
