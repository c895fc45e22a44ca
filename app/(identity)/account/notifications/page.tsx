import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { Checkbox, ChoiceCards } from '@/components/ui/choice';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { SubmitButton } from '@/components/ui/submit-button';
import { CHANNELS, GROUPS, notifyContext, type Reach, reachOf } from '@/lib/notify';
import { saveNotificationsAction } from './actions';

interface Address {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notify'))('preferences.title') };
}

export default async function NotificationsPage({ searchParams }: Address) {
  const user = await requireUser();
  const [t, reach, { saved }] = await Promise.all([
    getTranslations('notify.preferences'),
    reachOf(notifyContext(new Date()), user.id),
    searchParams,
  ]);
  return (
    <Page title={t('title')} lead={t('lead')} back={{ href: '/inbox', label: t('back') }}>
      {saved === '1' ? <Notice tone="jade">{t('saved')}</Notice> : null}
      <form action={saveNotificationsAction} className="flex flex-col gap-5">
        <Addresses reach={reach} />
        {GROUPS.map((group) => (
          <Group key={group} group={group} reach={reach} />
        ))}
        <ChoiceCards
          legend={t('language')}
          name="locale"
          columns={2}
          defaultValue={reach.locale}
          choices={[
            { value: 'zh-CN', label: <span lang="zh-CN">中文</span> },
            { value: 'en', label: <span lang="en">English</span> },
          ]}
        />
        <SubmitButton pendingLabel={t('saving')}>{t('save')}</SubmitButton>
      </form>
    </Page>
  );
}

async function Addresses({ reach: { addresses } }: { reach: Reach }) {
  const t = await getTranslations('notify.preferences');
  const { email, sms } = addresses;
  return (
    <ul className="flex flex-col gap-1 text-ink-2">
      <li>{email ? t('emailTo', { address: email.masked }) : t('noEmail')}</li>
      <li>{sms ? t('smsTo', { address: sms.masked }) : t('noSms')}</li>
    </ul>
  );
}

async function Group({ group, reach }: { group: (typeof GROUPS)[number]; reach: Reach }) {
  const t = await getTranslations('notify.preferences');
  const fixed = group === 'security';
  return (
    <Panel>
      <fieldset className="flex min-w-0 flex-col">
        <legend className="font-bold">{t(`groups.${group}.title`)}</legend>
        <p id={`${group}-about`} className="text-ink-2 text-sm">
          {t(`groups.${group}.text`)}
        </p>
        <div className="flex flex-wrap gap-x-8">
          {CHANNELS.map((channel) => (
            <Checkbox
              key={channel}
              name={`${group}.${channel}`}
              label={fixed ? `${t(channel)} · ${t('alwaysOn')}` : t(channel)}
              // A box that cannot be changed here keeps its choice: a hidden field says it.
              defaultChecked={reach.choices[group][channel]}
              disabled={fixed || !reach.addresses[channel]}
              aria-describedby={`${group}-about`}
            />
          ))}
          {CHANNELS.filter((channel) => !reach.addresses[channel] && reach.choices[group][channel]).map(
            (channel) => (
              <input key={channel} type="hidden" name={`${group}.${channel}`} value="on" />
            ),
          )}
        </div>
      </fieldset>
    </Panel>
  );
}
