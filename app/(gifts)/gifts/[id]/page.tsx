import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requireUser } from '@/app/viewer';
import { GiftLetter } from '@/components/gifts/gift-letter';
import { Columns, Page } from '@/components/layout/page';
import { Quoting } from '@/components/ui/as-written';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { database } from '@/lib/database';
import { type GiftView, giftFor, type SentGift } from '@/lib/gifts';
import { GiftCardFace } from '../../gift-card-face';
import { GiftStatusPill } from '../../gift-status';
import { GiftStory } from '../../gift-story';
import { SenderTools } from '../../sender-tools';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Partial<Record<'new' | 'done' | 'problem', string | string[]>>>;
}

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params }: Props): Promise<Metadata> {
  const [found, t] = await Promise.all([ownGift((await params).id), getTranslations('gifts.detail')]);
  return {
    title:
      found.role === 'sender'
        ? t('title', { name: found.gift.recipientName })
        : t('receivedTitle', { name: found.gift.senderName }),
  };
}

export default pageOrNotFound(GiftPage);

/** A gift, for the one who sent it and for the one who has it. */
async function GiftPage({ params, searchParams }: Props) {
  const [{ id }, search, user] = await Promise.all([params, searchParams, requireUser()]);
  const found = await ownGift(id);
  if (found.role === 'recipient') return <Received gift={found.gift} isNew={search.new === '1'} />;
  const news = typeof search.done === 'string' ? search.done : null;
  const problem = typeof search.problem === 'string' ? search.problem : null;
  return <Sent gift={found.gift} senderId={user.id} told={{ news, problem }} />;
}

async function Sent({
  gift,
  senderId,
  told,
}: {
  gift: SentGift;
  senderId: Parameters<typeof giftFor>[1];
  told: { readonly news: string | null; readonly problem: string | null };
}) {
  const [t, refused] = await Promise.all([getTranslations('gifts.detail'), getTranslations('gifts.refused')]);
  const said = {
    resent: t('done.resent'),
    changed: t('done.changed', { name: gift.recipientName }),
    revoked: t('done.revoked'),
  };
  const news = Object.entries(said).find(([key]) => key === told.news)?.[1];
  return (
    <Page
      title={<Quoting>{t('title', { name: gift.recipientName })}</Quoting>}
      aside={<GiftStatusPill status={gift.status} />}
      back={{ href: '/gifts', label: t('back') }}
      width="wide"
    >
      {news ? <Notice tone="jade" live title={<Quoting>{news}</Quoting>} /> : null}
      {told.problem === 'too_many_tries' || told.problem === 'not_possible_in_state' ? (
        <Notice tone="amber" live title={refused(told.problem)} />
      ) : null}
      <Columns asideSticky={false} aside={<SenderTools gift={gift} senderId={senderId} />}>
        <GiftStory gift={gift} />
        <Contents gift={gift} />
      </Columns>
    </Page>
  );
}

async function Received({ gift, isNew }: { gift: GiftView; isNew: boolean }) {
  const t = await getTranslations('gifts.detail');
  return (
    <Page
      title={<Quoting>{t('receivedTitle', { name: gift.senderName })}</Quoting>}
      back={{ href: '/gifts?view=received', label: t('back') }}
      width="narrow"
    >
      {isNew ? (
        <Notice tone="jade" live title={t('new')}>
          {t('newText')}
        </Notice>
      ) : null}
      <Contents gift={gift} />
      <ButtonLink href={`/cards/${gift.card.id}`} look="primary">
        {t('openCard')}
      </ButtonLink>
      <ButtonLink href="/shop">{t('shop')}</ButtonLink>
    </Page>
  );
}

async function Contents({ gift }: { gift: GiftView }) {
  const [t, open, plan] = await Promise.all([
    getTranslations('gifts.detail'),
    getTranslations('gifts.open'),
    getTranslations('gifts.plan'),
  ]);
  return (
    <section aria-label={t('contents')}>
      <GiftLetter
        theme={gift.theme}
        to={open('letter', { name: gift.recipientName })}
        from={plan('from', { name: gift.senderName })}
        message={gift.message}
        card={<GiftCardFace card={gift.card} />}
      />
    </section>
  );
}

const ownGift = cache(async (id: string) => {
  const user = await requireUser();
  const found = await giftFor({ db: database() }, user.id, id);
  if (!found) notFound();
  return found;
});
