import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ComponentType } from 'react';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { Page } from '@/components/layout/page';
import type { CardServices } from '@/lib/cards';
import { CardTitle } from '../wallet-card-face';
import { OpenRequest } from './open-request';
import { ownServices } from './own-services';

type Kind = CardServices['requests'][number]['kind'];
type Props = PageProps<`/cards/[id]/${Kind}`>;

/** The title of the page on which one kind of request for one's own card is made. */
export function requestMetadata(kind: Kind) {
  return metadataOrNotFound(async ({ params }: Props): Promise<Metadata> => {
    await ownServices((await params).id);
    const t = await getTranslations(`requests.${kind}`);
    return { title: t('title') };
  });
}

/** That page: how far the request that is open has come, else what `Offer` says and asks. */
export function requestPage(kind: Kind, Offer: ComponentType<{ services: CardServices }>) {
  return pageOrNotFound(async ({ params, searchParams }: Props) => {
    const [t, { id }, { done }] = await Promise.all([
      getTranslations(`requests.${kind}`),
      params,
      searchParams,
    ]);
    const services = await ownServices(id);
    const open = services.requests.find((request) => request.kind === kind && request.state === 'open');
    return (
      <Page
        title={t('title')}
        lead={<CardTitle card={services.card} />}
        width="narrow"
        back={{ href: `/cards/${services.card.id}`, label: t('back') }}
      >
        {open ? <OpenRequest request={open} isNew={done !== undefined} /> : <Offer services={services} />}
      </Page>
    );
  });
}
