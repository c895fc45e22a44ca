import { CalendarClock, Gift, type LucideIcon, Undo2 } from 'lucide-react';
import { getFormatter, getTranslations } from 'next-intl/server';
import { GiftLetter } from '@/components/gifts/gift-letter';
import { SealPage } from '@/components/layout/seal-page';
import { Quoting } from '@/components/ui/as-written';
import type { OfferedGift } from '@/lib/gifts';
import type { SignedInUser } from '@/lib/identity';
import { GiftCardFace } from './gift-card-face';
import { GiftEnd, WayToClaim } from './way-to-claim';

/** A gift in the reader's hands: the words, the card, and the way to keep it. `face` is left out where the card was just seen. */
export async function OpenedGift({
  gift,
  token,
  user,
  face = true,
}: {
  gift: OfferedGift;
  token: string;
  user: SignedInUser | null;
  face?: boolean;
}) {
  const [t, plan] = await Promise.all([getTranslations('gifts.open'), getTranslations('gifts.plan')]);
  return (
    <>
      <GiftLetter
        theme={gift.theme}
        to={t('letter', { name: gift.recipientName })}
        from={plan('from', { name: gift.senderName })}
        message={gift.message}
        card={face ? <GiftCardFace card={gift.card} /> : null}
      />
      <p className="text-center text-ink-2">{t('spend')}</p>
      <WayToClaim gift={gift} token={token} user={user} />
    </>
  );
}

/** Why a gift cannot be taken now, and whom to ask. */
export async function EndedGift({ gift }: { gift: OfferedGift }) {
  const [t, format] = await Promise.all([getTranslations('gifts.open'), getFormatter()]);
  const about = stateOf(gift);
  const name = gift.senderName;
  const date = format.dateTime(gift.deliverAt, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: gift.zone,
  });
  const { title, text } = {
    not_yet: { title: t('notYet'), text: t('notYetText', { name, date }) },
    claimed: { title: t('claimed'), text: t('claimedText', { name }) },
    yours: { title: t('yours'), text: t('yoursText') },
    revoked: { title: t('revoked'), text: t('revokedText', { name }) },
    returned: { title: t('returned'), text: t('returnedText', { name }) },
  }[about];
  return (
    <SealPage
      seal={{ icon: ICONS[about], seed: gift.id, tone: about === 'yours' ? 'jade' : 'neutral' }}
      title={title}
      text={<Quoting>{text}</Quoting>}
    >
      <GiftEnd gift={gift} />
    </SealPage>
  );
}

type End = 'not_yet' | 'claimed' | 'yours' | 'revoked' | 'returned';

function stateOf(gift: OfferedGift): End {
  if (gift.viewer === 'claimer') return 'yours';
  return gift.obstacle ?? 'claimed';
}

const ICONS: Record<End, LucideIcon> = {
  not_yet: CalendarClock,
  claimed: Gift,
  yours: Gift,
  revoked: Undo2,
  returned: Undo2,
};
