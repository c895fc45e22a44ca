import { getFormatter, getTranslations } from 'next-intl/server';
import type { CardServices } from '@/lib/cards';
import { formatDay } from '@/lib/kernel';
import { dayInWords, lastDayOf } from '../../last-day';
import { requestExtensionAction } from '../request-actions';
import { issuerDay } from '../request-days';
import { RequestForm } from '../request-form';
import { requestMetadata, requestPage } from '../request-page';
import { NotNow, requestFormTexts } from '../request-parts';

export const generateMetadata = requestMetadata('extension');

export default requestPage('extension', ExtensionOffer);

/** Asks for a card to be good for longer. */
async function ExtensionOffer({ services }: { services: CardServices }) {
  const [t, format] = await Promise.all([getTranslations('requests.extension'), getFormatter()]);
  const { card, extension } = services;
  const lastDay = lastDayOf(card.expiresAt);
  if (lastDay === null) return <NotNow>{t('neverEnds')}</NotNow>;
  if (card.status === 'closed') return <NotNow>{t('closed')}</NotNow>;
  return (
    <>
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>{t('until', { day: dayInWords(format, lastDay) })}</li>
        {extension.latest ? (
          <li>{t('latest', { day: dayInWords(format, formatDay(extension.latest)) })}</li>
        ) : null}
        <li>{t('answered', { day: issuerDay(format, services.answeredBy) })}</li>
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
