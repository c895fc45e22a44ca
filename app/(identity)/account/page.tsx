import { Bell, CircleHelp, Gift, KeyRound, LifeBuoy, MonitorSmartphone, Settings2 } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { AsWritten } from '@/components/ui/as-written';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { List, ListRow } from '@/components/ui/panel';
import { Pill } from '@/components/ui/pill';
import { SubmitButton } from '@/components/ui/submit-button';
import { database } from '@/lib/database';
import { hasRole, listSessions, viewAccount } from '@/lib/identity';
import { unreadCount } from '@/lib/notify';
import { signOutAction } from '../actions';
import { DisplayRow } from './display-row';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('identity');
  return { title: t('account.title') };
}

export default async function AccountPage() {
  const user = await requireUser();
  const context = { db: database(), now: new Date() };
  const [t, notify, unread, account, sessions] = await Promise.all([
    getTranslations('identity'),
    getTranslations('notify.account'),
    unreadCount(context.db, user.id),
    viewAccount(context, user),
    listSessions(context, user),
  ]);
  return (
    <Page title={t('account.title')} titleHidden width="content">
      <section className="flex items-center gap-4 pt-2">
        <span
          aria-hidden="true"
          className="grid size-16 shrink-0 place-items-center rounded-full bg-cinnabar-wash font-bold text-2xl text-cinnabar"
        >
          <AsWritten>{[...account.name][0]?.toUpperCase() ?? ''}</AsWritten>
        </span>
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-bold text-xl">
            <span className="min-w-0 break-words">
              <AsWritten>{account.name}</AsWritten>
            </span>
            {account.role === 'shopper' ? null : <Pill>{t(`account.role.${account.role}`)}</Pill>}
          </p>
          <p className="text-ink-2 tabular-nums">{account.maskedLogin}</p>
        </div>
        <ButtonLink href="/account/name" size="md">
          {t('account.change')}
          <span className="sr-only">{t('account.name')}</span>
        </ButtonLink>
      </section>

      {hasRole(account.role, 'support') ? (
        <List>
          <ListRow leading={<Icon as={LifeBuoy} />} title={t('account.admin')} href="/admin" />
        </List>
      ) : null}

      <List>
        <ListRow leading={<Icon as={Gift} />} title={t('account.gifts')} href="/gifts" />
      </List>

      <section className="flex flex-col gap-2 pt-2">
        <h2>{notify('title')}</h2>
        <List label={notify('title')}>
          <ListRow
            leading={<Icon as={Bell} />}
            title={notify('inbox')}
            detail={notify('inboxDetail', { count: unread })}
            href="/inbox"
          />
          <ListRow
            leading={<Icon as={Settings2} />}
            title={notify('settings')}
            detail={notify('settingsDetail')}
            href="/account/notifications"
          />
        </List>
      </section>

      <section className="flex flex-col gap-2 pt-2">
        <h2>{t('account.security')}</h2>
        <List label={t('account.security')}>
          <ListRow
            leading={<Icon as={KeyRound} />}
            title={t('account.password')}
            detail={t('account.passwordDetail')}
            href="/account/password"
          />
          <ListRow
            leading={<Icon as={MonitorSmartphone} />}
            title={t('account.sessions')}
            detail={t('account.sessionsDetail', { count: sessions.length })}
            href="/account/sessions"
          />
        </List>
      </section>

      <section className="flex flex-col gap-2 pt-2">
        <h2>{t('account.display')}</h2>
        <List label={t('account.display')}>
          <DisplayRow
            title={t('account.displaySettings')}
            detail={t('account.displayDetail')}
            open={t('account.openDisplay')}
          />
          <ListRow leading={<Icon as={CircleHelp} />} title={t('account.help')} href="/help" />
        </List>
      </section>

      <form action={signOutAction} className="pt-2">
        <SubmitButton look="ghost" pendingLabel={t('account.signingOut')}>
          {t('account.signOut')}
        </SubmitButton>
      </form>
    </Page>
  );
}
