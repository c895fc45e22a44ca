import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { checkoutPath, withNext } from '@/app/next-path';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { readPreferences } from '@/app/preferences';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { StepBar } from '@/components/ui/step-bar';
import { cardOf } from '@/lib/cards';
import { database } from '@/lib/database';
import { CardFacts } from '../../card-facts';
import { WalletCardFace } from '../../wallet-card-face';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params, searchParams }: PageProps<'/cards/bind/[id]'>): Promise<Metadata> {
  await ownCard((await params).id);
  const t = await getTranslations('wallet.bound');
  return { title: t((await searchParams).again ? 'againTitle' : 'title') };
}

export default pageOrNotFound(BoundPage);

/** The second step: the card that was just bound, with what is on it and until when. */
async function BoundPage({ params, searchParams }: PageProps<'/cards/bind/[id]'>) {
  const [t, { id }, { again, next: wish }] = await Promise.all([
    getTranslations('wallet.bound'),
    params,
    searchParams,
  ]);
  const next = checkoutPath(wish);
  const { mode } = await readPreferences();
  const card = await ownCard(id);
  return (
    <Page title={t(again ? 'againTitle' : 'title')} width="narrow">
      {again || mode === 'simple' ? null : <StepBar step={2} steps={2} label={t('step2')} />}
      <Notice tone={again ? 'neutral' : 'jade'}>{t(again ? 'againText' : 'text')}</Notice>
      <div className="flex animate-rise justify-center">
        <WalletCardFace card={card} />
      </div>
      <CardFacts card={card} />
      <div className="flex flex-col gap-3">
        {next ? (
          <ButtonLink href={next} look="primary" block>
            {t('toCheckout')}
          </ButtonLink>
        ) : null}
        <ButtonLink href="/cards" look={next ? 'ghost' : 'primary'} block>
          {t('toWallet')}
        </ButtonLink>
        <ButtonLink href="/shop" block>
          {t('toShop')}
        </ButtonLink>
        <ButtonLink href={withNext('/cards/bind', next)} look="quiet" block>
          {t('another')}
        </ButtonLink>
      </div>
    </Page>
  );
}

/** Read once for the title and the page. */
const ownCard = cache(async (id: string) => {
  const user = await requireUser();
  return (await cardOf({ db: database(), now: new Date() }, user.id, id)) ?? notFound();
});
