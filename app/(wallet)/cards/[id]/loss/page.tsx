import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { Page } from '@/components/layout/page';
import { ButtonLink } from '@/components/ui/button';
import type { CardServices } from '@/lib/cards';
import { CardTitle } from '../../wallet-card-face';
import { ownServices } from '../own-services';
import { reportLossAction } from '../request-actions';
import { RequestForm } from '../request-form';
import { NotNow, OpenRequest, RuleWords, requestFormTexts } from '../request-parts';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params }: PageProps<'/cards/[id]/loss'>): Promise<Metadata> {
  await ownServices((await params).id);
  const t = await getTranslations('requests.loss');
  return { title: t('title') };
}

export default pageOrNotFound(LossPage);

/** Reports a card lost, or says how far the report has come, or why there can be none. */
async function LossPage({ params, searchParams }: PageProps<'/cards/[id]/loss'>) {
  const [t, { id }, { done }] = await Promise.all([getTranslations('requests.loss'), params, searchParams]);
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
  const t = await getTranslations('requests.loss');
  const { card, loss, requests } = services;
  const open = requests.find(({ kind, state }) => kind === 'loss' && state === 'open');
  if (open) return <OpenRequest request={open} isNew={isNew} />;
  if (!loss.replaced) {
    return (
      <>
        <NotNow>
          <RuleWords rule={loss.rule} />
        </NotNow>
        <p>{t('notReplaced')}</p>
        <ButtonLink href={`/cards/${card.id}`}>{t('toCard')}</ButtonLink>
      </>
    );
  }
  if (card.status === 'closed') return <NotNow>{t('closed')}</NotNow>;
  return (
    <>
      <RuleWords rule={loss.rule} />
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>{t('atOnce')}</li>
        <li>{t('then')}</li>
        <li>{t('found')}</li>
      </ul>
      <RequestForm
        action={reportLossAction}
        cardId={card.id}
        look="danger"
        texts={await requestFormTexts('loss')}
      />
    </>
  );
}
