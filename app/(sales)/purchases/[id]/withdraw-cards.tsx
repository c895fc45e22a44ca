import { useFormatter, useTranslations } from 'next-intl';
import { Amount } from '@/components/money/amount';
import { ButtonLink, buttonClasses } from '@/components/ui/button';
import { ChoiceCards } from '@/components/ui/choice';
import { Notice } from '@/components/ui/notice';
import { List, ListRow } from '@/components/ui/panel';
import { Pill } from '@/components/ui/pill';
import { SubmitButton } from '@/components/ui/submit-button';
import { formatMoney } from '@/lib/kernel';
import type { PurchaseView, Withdrawable } from '@/lib/sales';
import { withdrawPurchaseAction } from '../../actions';

/** What can be handed back, or why nothing can. `chosen`: the cards that were ticked; null: nobody was asked yet. */
export function WithdrawCards({ view, chosen }: { view: PurchaseView; chosen: readonly string[] | null }) {
  const t = useTranslations('sales.withdraw');
  const { withdrawable } = view;
  if (withdrawable === null) return null;
  if (withdrawable.code !== 'withdrawable') return <Told>{t(`problem.${withdrawable.code}`)}</Told>;
  const { free, obstacle } = withdrawable;
  return (
    <div className="flex flex-col gap-2.5">
      {obstacle === null ? null : <Told>{t(`problem.${obstacle}`)}</Told>}
      {free.length > 0 ? <Withdraw view={view} withdrawable={withdrawable} chosen={chosen} /> : null}
    </div>
  );
}

function Told({ children }: { children: string }) {
  return <p className="text-ink-2 text-sm">{children}</p>;
}

/** Which first, unless there is only one; then what comes back, and the question. Without a script: each is a form. */
function Withdraw({
  view,
  withdrawable: { until, free },
  chosen,
}: {
  view: PurchaseView;
  withdrawable: Withdrawable;
  chosen: readonly string[] | null;
}) {
  const [t, format] = [useTranslations('sales.withdraw'), useFormatter()];
  const picked = free.length === 1 ? free : free.filter(({ id }) => chosen?.includes(id));
  const last = new Date(until.getTime() - 1);
  return (
    <>
      <Told>{t('until', { cards: free.length, time: format.dateTime(last, { dateStyle: 'medium' }) })}</Told>
      <details
        id="withdraw"
        open={chosen !== null}
        className="scroll-mt-4 rounded-md border border-line bg-surface"
      >
        <summary className="flex min-h-control items-center justify-center rounded-md px-4 text-ink-2 hover:text-ink">
          {t('open')}
        </summary>
        <div className="flex flex-col gap-3 border-line border-t px-4 py-3">
          {picked.length > 0 ? (
            <Confirm view={view} cardIds={picked.map(({ id }) => id)} mayChoose={free.length > 1} />
          ) : (
            <Choose view={view} free={free} noneChosen={chosen !== null} />
          )}
        </div>
      </details>
    </>
  );
}

function Choose({
  view,
  free,
  noneChosen,
}: {
  view: PurchaseView;
  free: Withdrawable['free'];
  noneChosen: boolean;
}) {
  const t = useTranslations('sales.withdraw');
  const nameOf = useNames(view);
  const { id, unitMinor, currency } = view.purchase;
  return (
    <form action={`/purchases/${id}#withdraw`} method="get" className="flex flex-col gap-3">
      <input type="hidden" name="weigh" value="1" />
      <ChoiceCards
        kind="checkbox"
        legend={t('which')}
        hint={t('each', { price: formatMoney(unitMinor, currency) })}
        error={noneChosen ? t('problem.cards_unknown') : undefined}
        name="card"
        choices={free.map((card) => ({ value: card.id, label: nameOf(card.id) }))}
        defaultValue={noneChosen ? [] : free.map((card) => card.id)}
      />
      <button type="submit" className={buttonClasses({ look: 'ghost', block: true })}>
        {t('weigh')}
      </button>
    </form>
  );
}

function Confirm({
  view,
  cardIds,
  mayChoose,
}: {
  view: PurchaseView;
  cardIds: readonly string[];
  mayChoose: boolean;
}) {
  const t = useTranslations('sales.withdraw');
  const nameOf = useNames(view);
  const { id, unitMinor, currency } = view.purchase;
  const sumMinor = unitMinor * BigInt(cardIds.length);
  return (
    <form action={withdrawPurchaseAction} className="flex flex-col gap-3">
      <input type="hidden" name="purchaseId" value={id} />
      {cardIds.map((cardId) => (
        <input key={cardId} type="hidden" name="card" value={cardId} />
      ))}
      <p>
        <span className="block text-ink-2 text-sm">{t('back', { cards: cardIds.length })}</span>
        <Amount minor={sumMinor} currency={currency} size="2xl" />
      </p>
      {mayChoose ? (
        <ul className="list-disc ps-5 text-ink-2 text-sm">
          {cardIds.map((cardId) => (
            <li key={cardId}>{nameOf(cardId)}</li>
          ))}
        </ul>
      ) : null}
      <p>{t('text')}</p>
      <SubmitButton look="danger" pendingLabel={t('pending')}>
        {t('submit', { sum: formatMoney(sumMinor, currency) })}
      </SubmitButton>
      {mayChoose ? (
        <ButtonLink href={`/purchases/${id}`} block>
          {t('again')}
        </ButtonLink>
      ) : null}
    </form>
  );
}

/** How a card is called on this page: by its gift, or by its last digits. */
function useNames({ cards, gifts }: PurchaseView): (cardId: string) => string {
  const t = useTranslations('sales.purchase');
  return (cardId) => {
    const gift = gifts.findIndex((each) => each.cardId === cardId);
    if (gift >= 0) return t('gift', { number: gift + 1 });
    return t('card', { last4: cards.find(({ id }) => id === cardId)?.lastFour ?? '' });
  };
}

/** What became of cards that were handed back just now, when the purchase goes on with others. */
export function JustGivenBack({ view: { standing, withdrawals } }: { view: PurchaseView }) {
  const t = useTranslations('sales.withdraw');
  const last = withdrawals.at(-1);
  if (!last || standing !== 'issued') return null;
  return (
    <Notice tone={last.state === 'returned' ? 'jade' : 'amber'} live>
      {t(`said.${last.state}`)}
    </Notice>
  );
}

/** What was handed back of this purchase, and where its money is. */
export function GivenBack({ view: { purchase, withdrawals } }: { view: PurchaseView }) {
  const [t, format] = [useTranslations('sales.withdraw'), useFormatter()];
  if (withdrawals.length === 0) return null;
  return (
    <List label={t('given')}>
      {withdrawals.map(({ id, cards, amountMinor, state, createdAt }) => (
        <ListRow
          key={id}
          title={t('count', { cards })}
          detail={format.dateTime(createdAt, { dateStyle: 'medium', timeStyle: 'short' })}
          aside={
            <span className="flex flex-col items-end gap-1">
              <Amount minor={amountMinor} currency={purchase.currency} />
              <Pill tone={state === 'returned' ? 'jade' : 'amber'}>{t(`state.${state}`)}</Pill>
            </span>
          }
        />
      ))}
    </List>
  );
}
