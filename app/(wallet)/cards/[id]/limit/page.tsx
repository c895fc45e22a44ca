import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { formTexts } from '@/components/forms/form-texts';
import { Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { Facts } from '@/components/ui/panel';
import { dayLimitsOf } from '@/lib/cards';
import { decimalText } from '@/lib/checkout/schemas';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { CardTitle } from '../../wallet-card-face';
import { ownCardOf } from '../own-card';
import { LimitForm } from './limit-form';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params }: PageProps<'/cards/[id]/limit'>): Promise<Metadata> {
  await ownCardOf((await params).id);
  const t = await getTranslations('ownCard.limit');
  return { title: t('title') };
}

export default pageOrNotFound(LimitPage);

/** Sets the most that a card pays in a day. */
async function LimitPage({ params }: PageProps<'/cards/[id]/limit'>) {
  const card = await ownCardOf((await params).id);
  if (card.status === 'closed') redirect(`/cards/${card.id}`);
  const [t, form, limits] = await Promise.all([
    getTranslations('ownCard.limit'),
    formTexts('ownCard'),
    dayLimitsOf({ db: database(), now: new Date(), zone: env().issuerZone }, [card.id]),
  ]);
  const limit = limits.get(card.id);
  const money = (minor: bigint) => <Amount minor={minor} currency={card.currency} />;
  return (
    <Page
      title={t('title')}
      lead={<CardTitle card={card} />}
      width="narrow"
      back={{ href: `/cards/${card.id}`, label: t('back') }}
    >
      <p>{t('text')}</p>
      {limit ? (
        <Facts
          facts={[
            { term: t('now'), value: money(limit.limitMinor) },
            { term: t('left'), value: money(limit.leftMinor) },
          ]}
        />
      ) : null}
      <LimitForm
        cardId={card.id}
        limit={limit ? decimalText(limit.limitMinor) : null}
        texts={form}
        labels={{
          limit: t('field'),
          limitHint: t('fieldHint'),
          prefix: card.currency === 'CNY' ? '¥' : '$',
          lift: t('lift'),
          liftLegend: t('liftLegend'),
          liftHint: t('liftHint'),
          password: t('password'),
          passwordHint: t('passwordHint'),
          submit: t('submit'),
          pending: t('pending'),
        }}
      />
    </Page>
  );
}
