import { getTranslations } from 'next-intl/server';
import { CardActForm } from '@/components/admin/card-act-form';
import { formTexts } from '@/components/forms/form-texts';
import type { SupportCard } from '@/lib/cards';
import { freezeCardAction, unfreezeCardAction } from '../../actions';

/** What may be done with the card in its state; each asks for a reason first. */
export async function CardActs({ card }: { card: SupportCard }) {
  const [t, common, texts] = await Promise.all([
    getTranslations('admin.act'),
    getTranslations('common.actions'),
    formTexts('admin'),
  ]);
  const [move] = card.moves;
  const lost = card.freezes.includes('lost');
  if (!move) {
    const state = card.state === 'issued' || card.state === 'closed' ? card.state : 'other';
    return <p className="text-ink-2 text-sm">{t(`impossible.${state}`)}</p>;
  }
  return (
    <CardActForm
      action={move === 'freeze' ? freezeCardAction : unfreezeCardAction}
      cardId={card.id}
      look={move === 'freeze' ? 'danger' : 'primary'}
      texts={{
        trigger: t(`${move}.trigger`),
        title: t(`${move}.title`, { lastFour: card.lastFour }),
        text: t(lost ? `${move}.textLost` : `${move}.text`),
        submit: t(`${move}.submit`),
        pending: t(`${move}.pending`),
        reason: t('reason'),
        reasonHint: t('reasonHint'),
        cancel: common('cancel'),
        form: texts,
      }}
    />
  );
}
