import { getFormatter, getTranslations } from 'next-intl/server';
import type { CardServices } from '@/lib/cards';
import { exchangeCardAction } from '../request-actions';
import { issuerDay } from '../request-days';
import { RequestForm } from '../request-form';
import { requestMetadata, requestPage } from '../request-page';
import { NotNow, RuleWords, requestFormTexts } from '../request-parts';

export const generateMetadata = requestMetadata('exchange');

export default requestPage('exchange', ExchangeOffer);

/** Exchanges an expired card, or says why there is nothing to exchange. */
async function ExchangeOffer({ services }: { services: CardServices }) {
  const [t, format, errors] = await Promise.all([
    getTranslations('requests.exchange'),
    getFormatter(),
    getTranslations('requests.errors'),
  ]);
  const { card, exchange } = services;
  if (exchange.obstacle) return <NotNow>{errors(exchange.obstacle)}</NotNow>;
  return (
    <>
      {exchange.atOnce ? <RuleWords rule={exchange.rule} /> : null}
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>{t('newNumber')}</li>
        <li>{t('value')}</li>
        <li>
          {exchange.atOnce ? t('atOnce') : t('answered', { day: issuerDay(format, services.answeredBy) })}
        </li>
        <li>{t('free')}</li>
      </ul>
      <RequestForm action={exchangeCardAction} cardId={card.id} texts={await requestFormTexts('exchange')} />
    </>
  );
}
