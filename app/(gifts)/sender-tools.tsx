import { KeyRound, Smartphone } from 'lucide-react';
import { getFormatter, getTranslations } from 'next-intl/server';
import { ButtonLink } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import { SubmitButton } from '@/components/ui/submit-button';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { giftKeys, linkForSender, type SentGift } from '@/lib/gifts';
import type { Id } from '@/lib/kernel';
import { CopyLink } from './copy-link';
import { ResendForm } from './resend-form';
import { revokeAction } from './sender-actions';

/** What a sender can do with a gift: everything until it has come to an end, then nothing. */
export async function SenderTools({ gift, senderId }: { gift: SentGift; senderId: Id<'usr'> }) {
  const t = await getTranslations('gifts.detail');
  if (gift.status === 'claimed') return null;
  if (gift.status === 'returned' || gift.status === 'revoked') {
    return <ButtonLink href={`/cards/${gift.card.id}`}>{t('toCard')}</ButtonLink>;
  }
  const isSent = gift.status !== 'scheduled';
  const isShared = gift.channel === 'link';
  return (
    <>
      <Waiting gift={gift} />
      {isShared ? <Link gift={gift} senderId={senderId} /> : null}
      {isSent ? (
        <ResendForm
          giftId={gift.id}
          labels={{
            submit: t(isShared ? 'renew' : 'resend'),
            pending: t('resending'),
            text: t(isShared ? 'renewText' : 'resendText'),
          }}
        />
      ) : null}
      <ButtonLink href={`/gifts/${gift.id}/recipient`}>{t('change')}</ButtonLink>
      <ConfirmDialog
        trigger={t('revoke')}
        title={t('revokeTitle')}
        text={t('revokeText')}
        cancelLabel={t('cancel')}
      >
        <form action={revokeAction}>
          <input type="hidden" name="giftId" value={gift.id} />
          <SubmitButton pendingLabel={t('revoking')}>{t('revokeConfirm')}</SubmitButton>
        </form>
      </ConfirmDialog>
    </>
  );
}

async function Waiting({ gift }: { gift: SentGift }) {
  const [t, format] = await Promise.all([getTranslations('gifts.detail'), getFormatter()]);
  const date = format.dateTime(gift.claimBy, { dateStyle: 'long', timeZone: gift.zone });
  return (
    <Panel title={t('waiting')} className="flex flex-col gap-1">
      <p className="text-ink-2">{t('waitingDetail', { date })}</p>
      {gift.hasPassphrase ? (
        <p className="flex items-center gap-2 pt-1">
          <Icon as={KeyRound} size={18} />
          {t('passphrase')}
        </p>
      ) : null}
      {gift.asksPhone ? (
        <p className="flex items-center gap-2 pt-1">
          <Icon as={Smartphone} size={18} />
          {t('phone')}
        </p>
      ) : null}
    </Panel>
  );
}

async function Link({ gift, senderId }: { gift: SentGift; senderId: Id<'usr'> }) {
  const t = await getTranslations('gifts.detail');
  const context = { db: database(), keys: giftKeys(), origin: env().origin };
  const link = await linkForSender(context, { giftId: gift.id, senderId });
  if (!link) return null;
  return (
    <CopyLink
      link={link}
      labels={{ link: t('link'), hint: t('linkHint'), copy: t('copy'), copied: t('copied') }}
    />
  );
}
