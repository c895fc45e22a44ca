import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { Page } from '@/components/layout/page';
import type { CardServices } from '@/lib/cards';
import { formatDay } from '@/lib/kernel';
import { lastDayOf } from '../../last-day';
import { CardTitle } from '../../wallet-card-face';
import { ownServices } from '../own-services';
import { requestExtensionAction } from '../request-actions';
import { RequestForm } from '../request-form';
import { issuerDay, NotNow, OpenRequest, requestFormTexts } from '../request-parts';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params }: PageProps<'/cards/[id]/extension'>): Promise<Metadata> {
  await ownServices((await params).id);
  const t = await getTranslations('requests.extension');
  return { title: t('title') };
}

export default pageOrNotFound(ExtensionPage);

/** Asks for a card to be good for longer, or says until when the request is answered. */
async function ExtensionPage({ params, searchParams }: PageProps<'/cards/[id]/extension'>) {
  const [t, { id }, { done }] = await Promise.all([
    getTranslations('requests.extension'),
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
  const t = await getTranslations('requests.extension');
  const { card, extension, requests } = services;
  const open = requests.find(({ kind, state }) => kind === 'extension' && state === 'open');
  if (open) return <OpenRequest request={open} isNew={isNew} />;
  const lastDay = lastDayOf(card.expiresAt);
  if (lastDay === null) return <NotNow>{t('neverEnds')}</NotNow>;
  if (card.status === 'closed') return <NotNow>{t('closed')}</NotNow>;
  return (
    <>
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>{t('until', { day: lastDay })}</li>
        {extension.latest ? <li>{t('latest', { day: formatDay(extension.latest) })}</li> : null}
        <li>{t('answered', { day: issuerDay(services.answeredBy) })}</li>
        <li>{t('safe')}</li>
      </ul>
      <RequestForm
        action={requestExtensionAction}
        cardId={card.id}
        texts={await requestFormTexts('extension')}
      />
    </>
  );
}
