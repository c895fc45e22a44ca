import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { Page } from '@/components/layout/page';
import type { CardServices } from '@/lib/cards';
import { CardTitle } from '../../wallet-card-face';
import { ownServices } from '../own-services';
import { exchangeCardAction } from '../request-actions';
import { RequestForm } from '../request-form';
import { issuerDay, NotNow, OpenRequest, RuleWords, requestFormTexts } from '../request-parts';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params }: PageProps<'/cards/[id]/exchange'>): Promise<Metadata> {
  await ownServices((await params).id);
  const t = await getTranslations('requests.exchange');
  return { title: t('title') };
}

export default pageOrNotFound(ExchangePage);

/** Exchanges an expired card, or says until when the request is answered, or why there is nothing to exchange. */
async function ExchangePage({ params, searchParams }: PageProps<'/cards/[id]/exchange'>) {
  const [t, { id }, { done }] = await Promise.all([
    getTranslations('requests.exchange'),
    params,
    searchParams,
  ]);
  const services = await ownServices(id);
  return (
    <Page
      title={t('title')}
      lead={<CardTitle card={services.card} />}
      width="narrow"
      back={{ href: `/cards/${services.card.id}`, label: t('back') }}
    >
      <Body services={services} isNew={done !== undefined} />
    </Page>
  );
}

async function Body({ services, isNew }: { services: CardServices; isNew: boolean }) {
  const [t, errors] = await Promise.all([
    getTranslations('requests.exchange'),
    getTranslations('requests.errors'),
  ]);
  const { card, exchange, requests } = services;
  const open = requests.find(({ kind, state }) => kind === 'exchange' && state === 'open');
  if (open) return <OpenRequest request={open} isNew={isNew} />;
  if (exchange.obstacle) return <NotNow>{errors(exchange.obstacle)}</NotNow>;
  return (
    <>
      {exchange.atOnce ? <RuleWords rule={exchange.rule} /> : null}
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>{t('newNumber')}</li>
        <li>{t('value')}</li>
        <li>{exchange.atOnce ? t('atOnce') : t('answered', { day: issuerDay(services.answeredBy) })}</li>
        <li>{t('free')}</li>
      </ul>
      <RequestForm action={exchangeCardAction} cardId={card.id} texts={await requestFormTexts('exchange')} />
    </>
  );
}
