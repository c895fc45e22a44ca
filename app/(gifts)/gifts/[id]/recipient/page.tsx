import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { pageOrNotFound } from '@/app/page-or-not-found';
import { requireUser } from '@/app/viewer';
import { formTexts } from '@/components/forms/form-texts';
import { giftPlanTexts } from '@/components/gifts/gift-plan-texts';
import { Page } from '@/components/layout/page';
import { database } from '@/lib/database';
import { giftFor } from '@/lib/gifts';
import { RecipientForm } from './recipient-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('gifts.change');
  return { title: t('title') };
}

export default pageOrNotFound(RecipientPage);

async function RecipientPage({ params }: { params: Promise<{ id: string }> }) {
  const [user, { id }] = await Promise.all([requireUser(), params]);
  const found = await giftFor({ db: database() }, user.id, id);
  if (found?.role !== 'sender') notFound();
  const { gift } = found;
  if (gift.status === 'claimed' || gift.status === 'returned' || gift.status === 'revoked') {
    redirect(`/gifts/${gift.id}`);
  }
  const [t, form, plan] = await Promise.all([
    getTranslations('gifts.change'),
    formTexts('gifts'),
    giftPlanTexts(),
  ]);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      width="narrow"
      back={{ href: `/gifts/${gift.id}`, label: t('back') }}
    >
      <RecipientForm
        giftId={gift.id}
        texts={{ form, plan: plan.plan }}
        labels={{ submit: t('submit'), pending: t('pending') }}
      />
    </Page>
  );
}
