import { getTranslations } from 'next-intl/server';
import { reportLossForAction } from '@/app/admin/requests/actions';
import { CardActForm } from '@/components/admin/card-act-form';
import { formTexts } from '@/components/forms/form-texts';
import { ButtonLink } from '@/components/ui/button';
import { cardServices, type SupportCard } from '@/lib/cards';
import { database } from '@/lib/database';
import { env } from '@/lib/env';

/** The way to report a card lost for a caller who has it; the request itself, once there is one. */
export async function LossAct({ card }: { card: SupportCard }) {
  const context = { db: database(), now: new Date(), zone: env().issuerZone };
  const services = card.holderId && (await cardServices(context, card.holderId, card.id));
  if (!services?.loss.replaced || card.state === 'closed') return null;
  const [t, common, texts] = await Promise.all([
    getTranslations('requestDesk.loss'),
    getTranslations('common.actions'),
    formTexts('admin'),
  ]);
  const open = services.requests.find(({ kind, state }) => kind === 'loss' && state === 'open');
  if (open) {
    return (
      <ButtonLink href={`/admin/requests/${open.id}`} size="md" prefetch={false}>
        {t('toRequest')}
      </ButtonLink>
    );
  }
  return (
    <CardActForm
      action={reportLossForAction}
      cardId={card.id}
      look="danger"
      reasonId="loss-reason"
      texts={{
        trigger: t('trigger'),
        title: t('title', { lastFour: card.lastFour }),
        text: t('text'),
        submit: t('submit'),
        pending: t('pending'),
        reason: t('reason'),
        reasonHint: t('reasonHint'),
        cancel: common('cancel'),
        form: texts,
      }}
    />
  );
}
