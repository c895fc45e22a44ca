import { getTranslations } from 'next-intl/server';
import type { CardServices } from '@/lib/cards';
import { formatDay } from '@/lib/kernel';
import { lastDayOf } from '../../last-day';
import { requestExtensionAction } from '../request-actions';
import { issuerDay } from '../request-days';
import { RequestForm } from '../request-form';
import { requestMetadata, requestPage } from '../request-page';
import { NotNow, requestFormTexts } from '../request-parts';

export const generateMetadata = requestMetadata('extension');

export default requestPage('extension', ExtensionOffer);

/** Asks for a card to be good for longer. */
async function ExtensionOffer({ services }: { services: CardServices }) {
  const t = await getTranslations('requests.extension');
  const { card, extension } = services;
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
