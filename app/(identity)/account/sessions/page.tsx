import { Laptop, Smartphone } from 'lucide-react';
import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { Icon } from '@/components/ui/icon';
import { List } from '@/components/ui/panel';
import { Pill } from '@/components/ui/pill';
import { SubmitButton } from '@/components/ui/submit-button';
import { database } from '@/lib/database';
import { type DeviceDescription, listSessions, type SessionView } from '@/lib/identity';
import { revokeOtherSessionsAction, revokeSessionAction } from '../../actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('identity');
  return { title: t('sessions.title') };
}

export default async function SessionsPage() {
  const user = await requireUser();
  const now = new Date();
  const [t, sessions] = await Promise.all([
    getTranslations('identity'),
    listSessions({ db: database(), now }, user),
  ]);
  const others = sessions.filter((session) => !session.current).length;
  return (
    <Page
      title={t('sessions.title')}
      lead={t('sessions.lead')}
      back={{ href: '/account', label: t('account.title') }}
    >
      <List label={t('sessions.title')}>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} now={now} />
        ))}
      </List>
      {others > 0 ? (
        <form action={revokeOtherSessionsAction}>
          <SubmitButton look="danger" pendingLabel={t('sessions.revoking')}>
            {t('sessions.revokeOthers')}
          </SubmitButton>
        </form>
      ) : (
        <p className="text-ink-2">{t('sessions.onlyThis')}</p>
      )}
    </Page>
  );
}

async function SessionRow({ session, now }: { session: SessionView; now: Date }) {
  const [t, format] = await Promise.all([getTranslations('identity'), getFormatter()]);
  const device = deviceName(session.device, t);
  const seen = session.current ? null : format.relativeTime(session.lastSeenAt, now);
  const signedIn = format.dateTime(session.signedInAt, SHORT_INSTANT);
  return (
    <li className="flex min-h-control flex-wrap items-center justify-end gap-x-3 gap-y-2 py-3">
      <span className="flex min-w-0 flex-1 basis-56 items-center gap-3">
        <Icon as={PHONES.has(session.device.system ?? '') ? Smartphone : Laptop} size={24} />
        <span className="min-w-0">
          <span className="block font-bold">{device}</span>
          <span className="flex flex-wrap gap-x-3 text-ink-2 text-sm">
            {seen ? <span>{t('sessions.lastSeen', { when: seen })}</span> : null}
            <span>{t('sessions.signedIn', { when: signedIn })}</span>
            {session.network ? <span>{t('sessions.where', { network: session.network })}</span> : null}
          </span>
        </span>
      </span>
      {session.current ? (
        <Pill tone="jade">{t('sessions.current')}</Pill>
      ) : (
        <form action={revokeSessionAction}>
          <input type="hidden" name="sessionId" value={session.id} />
          <SubmitButton
            look="ghost"
            size="md"
            block={false}
            pendingLabel={t('sessions.revoking')}
            aria-label={t('sessions.revokeLabel', { device })}
          >
            {t('sessions.revoke')}
          </SubmitButton>
        </form>
      )}
    </li>
  );
}

const SHORT_INSTANT = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;

const PHONES: ReadonlySet<string> = new Set(['iPhone', 'iPad', 'Android', 'HarmonyOS']);

function deviceName(
  { browser, system }: DeviceDescription,
  t: Awaited<ReturnType<typeof getTranslations>>,
): string {
  if (browser && system) return t('sessions.device', { browser, system });
  return browser ?? system ?? t('sessions.unknownDevice');
}
