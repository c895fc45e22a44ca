import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '@/components/ui/button';
import type { CardServices } from '@/lib/cards';
import { reportLossAction } from '../request-actions';
import { RequestForm } from '../request-form';
import { requestMetadata, requestPage } from '../request-page';
import { NotNow, RuleWords, requestFormTexts } from '../request-parts';

export const generateMetadata = requestMetadata('loss');

export default requestPage('loss', LossOffer);

/** Reports a card lost, or says why there can be no report. */
async function LossOffer({ services }: { services: CardServices }) {
  const t = await getTranslations('requests.loss');
  const { card, loss } = services;
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
