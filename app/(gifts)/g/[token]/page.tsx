import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { requestNetwork } from '@/app/request-origin';
import { currentUser } from '@/app/viewer';
import { envelopeOf } from '@/components/gifts/envelope';
import { Page } from '@/components/layout/page';
import { Notice } from '@/components/ui/notice';
import { database } from '@/lib/database';
import { offeredGift } from '@/lib/gifts';
import { MINUTE_MS } from '@/lib/kernel';
import { GiftCardFace } from '../../gift-card-face';
import { GiftStage } from '../../gift-stage';
import { openAction } from '../../redeem-actions';
import { EndedGift, OpenedGift } from '../../redeem-page';

/** The same for every link, so that a preview of it says nothing of what is inside. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('gifts.open');
  return {
    title: t('generic'),
    referrer: 'no-referrer',
    robots: { index: false, follow: false, noarchive: true },
  };
}

export default async function RedeemPage({ params }: { params: Promise<{ token: string }> }) {
  const [{ token }, user, t] = await Promise.all([params, currentUser(), getTranslations('gifts.open')]);
  const [now, network] = [new Date(), await requestNetwork()];
  const offered = await offeredGift({ db: database(), now }, { token, network, userId: user?.id ?? null });
  if (!offered.ok) {
    if (offered.refusal.code === 'link_dead') notFound();
    const minutes = Math.ceil((offered.refusal.retryAt.getTime() - now.getTime()) / MINUTE_MS);
    return (
      <Page width="narrow" title={t('busy')}>
        <Notice tone="amber">{t('busyText', { minutes })}</Notice>
      </Page>
    );
  }
  const gift = offered.value;
  if (gift.viewer === 'claimer' || gift.obstacle !== null) return <EndedGift gift={gift} />;
  return (
    <Page width="narrow" title={t('title', { name: gift.senderName })}>
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
