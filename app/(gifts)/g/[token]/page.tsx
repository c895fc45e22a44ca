import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requestNetwork } from '@/app/request-origin';
import { currentUser } from '@/app/viewer';
import { envelopeOf } from '@/components/gifts/envelope';
import { Page } from '@/components/layout/page';
import { Quoting } from '@/components/ui/as-written';
import { Notice } from '@/components/ui/notice';
import { database } from '@/lib/database';
import { offeredGift } from '@/lib/gifts';
import { MINUTE_MS } from '@/lib/kernel';
import { DeadLink, deadLinkMetadata } from '../../dead-link';
import { GiftCardFace } from '../../gift-card-face';
import { GiftStage } from '../../gift-stage';
import { openAction } from '../../redeem-actions';
import { EndedGift, OpenedGift } from '../../redeem-page';

interface Address {
  params: Promise<{ token: string }>;
}

export const generateMetadata = metadataOrNotFound(readMetadata, deadLinkMetadata);

/** The same for every link that leads somewhere, so that a preview of it says nothing of what is inside. */
async function readMetadata({ params }: Address): Promise<Metadata> {
  await offerOf((await params).token);
  const t = await getTranslations('gifts.open');
  return {
    title: t('generic'),
    referrer: 'no-referrer',
    robots: { index: false, follow: false, noarchive: true },
  };
}

export default pageOrNotFound(RedeemPage, DeadLink);

async function RedeemPage({ params }: Address) {
  const [{ token }, t] = await Promise.all([params, getTranslations('gifts.open')]);
  const { gift, user, waitMinutes } = await offerOf(token);
  if (!gift) {
    return (
      <Page width="narrow" title={t('busy')}>
        <Notice tone="amber">{t('busyText', { minutes: waitMinutes })}</Notice>
      </Page>
    );
  }
  if (gift.viewer === 'claimer' || gift.obstacle !== null) return <EndedGift gift={gift} />;
  return (
    <Page width="narrow" title={<Quoting>{t('title', { name: gift.senderName })}</Quoting>}>
      <GiftStage
        opened={gift.isOpened || gift.viewer === 'sender'}
        open={openAction}
        token={token}
        labels={{ open: t('action'), opening: t('opening') }}
        envelope={envelopeOf(gift.theme)}
        card={<GiftCardFace card={gift.card} />}
      >
        <OpenedGift gift={gift} token={token} user={user} face={false} />
      </GiftStage>
    </Page>
  );
}

/** What the link leads to. Read once for the title and the page, because each read of a dead link counts as a guess. */
const offerOf = cache(async (token: string) => {
  const [user, network] = await Promise.all([currentUser(), requestNetwork()]);
  const now = new Date();
  const offered = await offeredGift({ db: database(), now }, { token, network, userId: user?.id ?? null });
  if (offered.ok) return { gift: offered.value, user, waitMinutes: 0 };
  if (offered.refusal.code === 'link_dead') notFound();
  const waitMs = offered.refusal.retryAt.getTime() - now.getTime();
  return { gift: null, user, waitMinutes: Math.ceil(waitMs / MINUTE_MS) };
});
