import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { AsWritten } from '@/components/ui/as-written';
import { ButtonLink } from '@/components/ui/button';
import { Notice, type Tone } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Pill } from '@/components/ui/pill';
import type { CardRequest, CardServices, RequestState } from '@/lib/cards';
import { NewSecrets } from './new-secrets';
import { takeNewSecretsAction } from './request-actions';
import { answerDay, issuerDay } from './request-days';

/**
 * The new number and password of a card that was replaced or exchanged. Drawn on every card's page: without scripts the
 * page that answers the press is drawn anew, when nothing waits to be shown any more, and must still show it.
 */
export async function NewSecretsNotice({ services: { card, hasNewSecrets } }: { services: CardServices }) {
  const t = await getTranslations('requests.secrets');
  return (
    <NewSecrets
      action={takeNewSecretsAction}
      cardId={card.id}
      waits={hasNewSecrets}
      texts={{
        title: t('title'),
        text: t('text'),
        number: t('number'),
        password: t('password'),
        show: t('show'),
        showing: t('showing'),
      }}
    />
  );
}

/** What a card is as long as its loss is open, in place of what a freeze means. */
export async function LostNotice({ services: { card } }: { services: CardServices }) {
  const t = await getTranslations('requests');
  return (
    <Notice tone="danger" title={t('loss.open')}>
      <p>{t('loss.openText')}</p>
      <p>
        <Link href={`/cards/${card.id}/loss`} className="link inline-flex min-h-target items-center">
          {t('toLossOpen')}
        </Link>
      </p>
    </Notice>
  );
}

export function isLost({ requests }: CardServices): boolean {
  return requests.some(({ kind, state }) => kind === 'loss' && state === 'open');
}

/** What was asked of the issuer for this card and how far it has come, and the way to report a loss. */
export async function CardRequests({ services }: { services: CardServices }) {
  const t = await getTranslations('requests');
  const { card, requests } = services;
  return (
    <Panel title={t('title')} className="flex flex-col gap-3">
      {requests.length > 0 ? (
        <ul className="divide-y divide-line">
          {requests.map((request) => (
            <RequestLine key={request.id} request={request} />
          ))}
        </ul>
      ) : null}
      {card.status === 'closed' || isLost(services) ? null : (
        <ButtonLink href={`/cards/${card.id}/loss`} size="md" prefetch={false}>
          {t('toLoss')}
        </ButtonLink>
      )}
    </Panel>
  );
}

async function RequestLine({ request }: { request: CardRequest }) {
  const [t, format] = await Promise.all([getTranslations('requests'), getFormatter()]);
  const { kind, state, createdAt, answer } = request;
  return (
    <li className="flex flex-col gap-1 py-2.5">
      <span className="flex items-center justify-between gap-3">
        <span className="font-bold">{t(`${kind}.name`)}</span>
        <Pill tone={TONES[state]}>{t(`states.${state}`)}</Pill>
      </span>
      <span className="text-ink-2 text-sm">
        {state === 'open'
          ? t('openLine', { asked: issuerDay(format, createdAt), due: answerDay(format, request) })
          : t('askedLine', { asked: issuerDay(format, createdAt) })}
      </span>
      {answer ? (
        <span className="text-sm">
          {t('answer')}
          <AsWritten>{answer}</AsWritten>
        </span>
      ) : null}
    </li>
  );
}

const TONES: Record<RequestState, Tone> = {
  open: 'amber',
  approved: 'jade',
  refused: 'danger',
  withdrawn: 'neutral',
};
