import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { formTexts } from '@/components/forms/form-texts';
import { Quoting } from '@/components/ui/as-written';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { SubmitButton } from '@/components/ui/submit-button';
import type { OfferedGift } from '@/lib/gifts';
import type { SignedInUser } from '@/lib/identity';
import { ClaimForm } from './claim-form-when-asked';
import { enterAction } from './redeem-actions';

/** What the reader of an opened gift does next: nothing, when it is their own; sign in or up; or claim it. */
export async function WayToClaim({
  gift,
  token,
  user,
}: {
  gift: OfferedGift;
  token: string;
  user: SignedInUser | null;
}) {
  const [t, format] = await Promise.all([getTranslations('gifts.open'), getFormatter()]);
  if (gift.viewer === 'sender') {
    return (
      <Notice title={t('ownTitle')}>
        <p>{t('ownText')}</p>
        <Link href={`/gifts/${gift.id}`} className="link inline-flex min-h-target items-center">
          {t('ownAction')}
        </Link>
      </Notice>
    );
  }
  const until = format.dateTime(gift.claimBy, { dateStyle: 'long', timeZone: gift.zone });
  return (
    <Panel className="flex flex-col gap-4 py-5">
      <div>
        <h2>{t('keep')}</h2>
        <p className="text-ink-2">{t('keepText')}</p>
      </div>
      {user ? (
        <ClaimForm
          token={token}
          asks={{ passphrase: gift.hasPassphrase, phone: gift.asksPhone }}
          texts={await formTexts('gifts')}
          labels={{
            claim: t('claim'),
            claiming: t('claiming'),
            passphrase: t('passphrase'),
            passphraseHint: <Quoting>{t('passphraseHint', { name: gift.senderName })}</Quoting>,
            phone: t('phone'),
            phoneHint: t('phoneHint'),
            sendCode: t('sendCode'),
            sendingCode: t('sendingCode'),
            code: t('code'),
            codeHint: t('codeHint'),
          }}
        />
      ) : (
        <form action={enterAction} className="flex flex-col gap-3">
          <input type="hidden" name="token" value={token} />
          <SubmitButton name="way" value="up">
            {t('signUp')}
          </SubmitButton>
          <SubmitButton name="way" value="in" look="ghost">
            {t('signIn')}
          </SubmitButton>
          <p className="text-center text-ink-2 text-sm">{t('steps')}</p>
        </form>
      )}
      {user ? (
        <p className="text-center text-ink-2 text-sm">
          <Quoting>{t('as', { name: user.name })}</Quoting>
        </p>
      ) : null}
      <p className="text-center text-ink-2 text-sm">{t('until', { date: until })}</p>
    </Panel>
  );
}

/** A link that leads to a gift no more, or not yet. */
export async function GiftEnd({ gift }: { gift: OfferedGift }) {
  const t = await getTranslations('gifts.open');
  if (gift.viewer === 'claimer' || gift.viewer === 'sender') {
    return (
      <ButtonLink href={`/gifts/${gift.id}`} look="primary">
        {gift.viewer === 'claimer' ? t('yoursAction') : t('ownAction')}
      </ButtonLink>
    );
  }
  return (
    <>
      <ButtonLink href="/" look="primary">
        {t('home')}
      </ButtonLink>
      <ButtonLink href="/help">{t('help')}</ButtonLink>
    </>
  );
}
