import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import type { WalletCard } from '@/lib/cards';
import { CardTitle } from '../../wallet-card-face';
import { ownCardOf } from '../own-card';
import { closeCardAction } from '../own-card-actions';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params }: PageProps<'/cards/[id]/close'>): Promise<Metadata> {
  await ownCardOf((await params).id);
  const t = await getTranslations('ownCard.close');
  return { title: t('title') };
}

export default pageOrNotFound(ClosePage);

/** Asks once more before a card is closed for good, or says why it cannot be and what to do. */
async function ClosePage({ params }: PageProps<'/cards/[id]/close'>) {
  const card = await ownCardOf((await params).id);
  if (card.status === 'closed') redirect(`/cards/${card.id}`);
  const t = await getTranslations('ownCard.close');
  return (
    <Page
      title={t('title')}
      lead={<CardTitle card={card} />}
      width="narrow"
      back={{ href: `/cards/${card.id}`, label: t('back') }}
    >
      {mayClose(card) ? <Question card={card} /> : <NotNow card={card} />}
    </Page>
  );
}

/** As far as the page can tell; the act itself judges again. */
function mayClose(card: WalletCard): boolean {
  return card.frozenBy !== 'issuer' && card.balanceMinor + card.dormantMinor === 0n;
}

async function Question({ card }: { card: WalletCard }) {
  const t = await getTranslations('ownCard.close');
  return (
    <>
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>{t('noMore')}</li>
        <li>{t('statement')}</li>
        <li>{t('refund')}</li>
      </ul>
      <form action={closeCardAction} className="flex flex-col gap-3">
        <input type="hidden" name="cardId" value={card.id} />
        <SubmitButton look="danger" pendingLabel={t('pending')}>
          {t('submit')}
        </SubmitButton>
        <ButtonLink href={`/cards/${card.id}`} block>
          {t('keep')}
        </ButtonLink>
      </form>
    </>
  );
}

async function NotNow({ card }: { card: WalletCard }) {
  const t = await getTranslations('ownCard.close');
  const money = (minor: bigint) => ({ amount: () => <Amount minor={minor} currency={card.currency} /> });
  const freeMinor = card.balanceMinor - card.heldMinor;
  return (
    <>
      <Notice tone="neutral" title={t('notNow')}>
        {card.frozenBy === 'issuer' ? <p>{t('frozen')}</p> : null}
        {freeMinor > 0n ? <p>{t.rich('left', money(freeMinor))}</p> : null}
        {card.heldMinor > 0n ? <p>{t.rich('held', money(card.heldMinor))}</p> : null}
        {card.dormantMinor > 0n ? <p>{t.rich('dormant', money(card.dormantMinor))}</p> : null}
        <p>{t('archive')}</p>
      </Notice>
      {card.usableMinor > 0n ? (
        <ButtonLink href="/shop" look="primary" block>
          {t('toShop')}
        </ButtonLink>
      ) : null}
      {card.dormantMinor > 0n ? (
        <ButtonLink href={`/cards/${card.id}/extension`} look="primary" block>
          {t('toExtension')}
        </ButtonLink>
      ) : null}
      <ButtonLink href={`/cards/${card.id}`} block>
        {t('back')}
      </ButtonLink>
    </>
  );
}
