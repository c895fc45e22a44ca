import { getTranslations } from 'next-intl/server';
import { Amount } from '@/components/money/amount';
import { Notice } from '@/components/ui/notice';
import { ListRow, Panel } from '@/components/ui/panel';
import { SubmitButton } from '@/components/ui/submit-button';
import type { CardStatus, WalletCard } from '@/lib/cards';
import { archiveCardAction, freezeOwnCardAction, unfreezeOwnCardAction } from './own-card-actions';

const IDLE: ReadonlySet<CardStatus> = new Set(['closed', 'not_activated', 'expired']);
const DONE = ['frozen', 'unfrozen', 'archived', 'unarchived', 'limit', 'closed'] as const;

/** Says what the reader has just done with the card. */
export async function DoneNotice({ done }: { done: unknown }) {
  const t = await getTranslations('ownCard.done');
  const what = DONE.find((each) => each === done);
  if (!what) return null;
  return (
    <Notice tone="jade" live>
      {t(what)}
    </Notice>
  );
}

/** What a holder can do with the own card: freeze it, limit it, put it away, close it. */
export async function CardTools({ card }: { card: WalletCard }) {
  const t = await getTranslations('ownCard');
  const isOpen = card.status !== 'closed';
  return (
    <Panel title={t('title')} className="flex flex-col gap-3">
      {isOpen ? (
        <ul className="divide-y divide-line">
          <ListRow
            title={t('limit.row')}
            detail={t('limit.rowDetail')}
            aside={
              card.dayLimitMinor === null ? (
                t('limit.none')
              ) : (
                <Amount minor={card.dayLimitMinor} currency={card.currency} />
              )
            }
            href={`/cards/${card.id}/limit`}
          />
          <ListRow title={t('close.row')} detail={t('close.rowDetail')} href={`/cards/${card.id}/close`} />
        </ul>
      ) : null}
      <FreezeForm card={card} />
      <form action={archiveCardAction} className="flex flex-col gap-1">
        <input type="hidden" name="cardId" value={card.id} />
        <input type="hidden" name="archived" value={card.archivedAt ? '' : '1'} />
        <SubmitButton look="ghost" size="md" pendingLabel={t('working')}>
          {t(card.archivedAt ? 'archive.undo' : 'archive.do')}
        </SubmitButton>
        <p className="text-ink-2 text-sm">{t(card.archivedAt ? 'archive.undoText' : 'archive.text')}</p>
      </form>
    </Panel>
  );
}

/** Nothing for a card that cannot pay anyway, nor for one that support has frozen. */
async function FreezeForm({ card }: { card: WalletCard }) {
  const t = await getTranslations('ownCard');
  const frozen = card.status === 'frozen';
  if (IDLE.has(card.status) || card.frozenBy === 'issuer') return null;
  return (
    <form action={frozen ? unfreezeOwnCardAction : freezeOwnCardAction} className="flex flex-col gap-1">
      <input type="hidden" name="cardId" value={card.id} />
      <SubmitButton look="ghost" size="md" pendingLabel={t('working')}>
        {t(frozen ? 'freeze.undo' : 'freeze.do')}
      </SubmitButton>
      <p className="text-ink-2 text-sm">{t(frozen ? 'freeze.undoText' : 'freeze.text')}</p>
    </form>
  );
}
