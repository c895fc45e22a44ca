import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { StepBar } from '@/components/ui/step-bar';
import { cardOf } from '@/lib/cards';
import { database } from '@/lib/database';
import { CardFacts } from '../../card-facts';
import { WalletCardFace } from '../../wallet-card-face';

export async function generateMetadata({ searchParams }: PageProps<'/cards/bind/[id]'>): Promise<Metadata> {
  const t = await getTranslations('wallet.bound');
  return { title: t((await searchParams).again ? 'againTitle' : 'title') };
}

/** The second step: the card that was just bound, with what is on it and until when. */
export default async function BoundPage({ params, searchParams }: PageProps<'/cards/bind/[id]'>) {
  const user = await requireUser();
  const [t, { id }, { again }] = await Promise.all([getTranslations('wallet.bound'), params, searchParams]);
  const card = await cardOf({ db: database(), now: new Date() }, user.id, id);
  if (!card) notFound();
  return (
    <Page title={t(again ? 'againTitle' : 'title')} width="narrow">
      {again ? null : <StepBar step={2} steps={2} label={t('step2')} />}
      <Notice tone={again ? 'neutral' : 'jade'}>{t(again ? 'againText' : 'text')}</Notice>
      <div className="flex animate-rise justify-center">
        <WalletCardFace card={card} />
      </div>
      <CardFacts card={card} />
      <div className="flex flex-col gap-3">
        <ButtonLink href="/cards" look="primary" block>
          {t('toWallet')}
        </ButtonLink>
        <ButtonLink href="/shop" block>
          {t('toShop')}
        </ButtonLink>
        <ButtonLink href="/cards/bind" look="quiet" block>
          {t('another')}
        </ButtonLink>
      </div>
    </Page>
  );
}
