import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requestNetwork } from '@/app/request-origin';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { Quoting } from '@/components/ui/as-written';
import { database } from '@/lib/database';
import { offeredGift } from '@/lib/gifts';
import { DeadLink } from '../../dead-link';
import { keptGift } from '../../gift-cookie';
import { EndedGift, OpenedGift } from '../../redeem-page';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('gifts.open');
  return { title: t('keep') };
}

/** The way back from signing in or up: the gift whose link was left for it. */
export default async function ClaimPage() {
  const user = await requireUser();
  const token = await keptGift();
  if (!token) return <DeadLink />;
  const use = { token, network: await requestNetwork(), userId: user.id };
  const [t, offered] = await Promise.all([
    getTranslations('gifts.open'),
    offeredGift({ db: database(), now: new Date() }, use),
  ]);
  if (!offered.ok) return <DeadLink />;
  const gift = offered.value;
  if (gift.viewer === 'claimer' || gift.obstacle !== null) return <EndedGift gift={gift} />;
  return (
    <Page width="narrow" title={<Quoting>{t('title', { name: gift.senderName })}</Quoting>}>
      <OpenedGift gift={gift} token={token} user={user} />
    </Page>
  );
}
