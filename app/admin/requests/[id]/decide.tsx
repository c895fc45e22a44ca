import { getTranslations } from 'next-intl/server';
import { DecideForm } from '@/components/admin/decide-form';
import { formTexts } from '@/components/forms/form-texts';
import { Panel } from '@/components/ui/panel';
import { formatDay } from '@/lib/kernel';
import type { RequestCase } from '@/lib/support';
import { decideRequestAction } from '../actions';

/** What an open request is decided with; or why the reader cannot decide it. */
export async function Decide({ found, isSupervisor }: { found: RequestCase; isSupervisor: boolean }) {
  const [t, form] = await Promise.all([getTranslations('requestDesk.decide'), formTexts('admin')]);
  const { request, identity, services, own } = found;
  if (request.state !== 'open') return null;
  if (own) return <Panel title={t('title')}>{t('own')}</Panel>;
  const { kind } = request;
  const latest = services?.extension.latest ? formatDay(services.extension.latest) : '';
  const unknown = kind === 'loss' && identity === null;
  return (
    <Panel title={t('title')} className="flex flex-col gap-3">
      {unknown ? <p>{t(isSupervisor ? 'vouch' : 'needsSupervisor')}</p> : null}
      <DecideForm
        action={decideRequestAction}
        requestId={request.id}
        asks={{
          ...(kind === 'extension' ? { lastDay: { suggested: latest } } : {}),
          identity: kind === 'loss' && !unknown,
          seen: unknown && isSupervisor,
        }}
        texts={{
          decision: t('decision'),
          approve: t(`approve.${kind}`),
          approveText: t(`approveText.${kind}`),
          refuse: t('refuse'),
          refuseText: t(`refuseText.${kind}`),
          lastDay: t('lastDay'),
          lastDayHint: latest ? t('lastDayHint', { day: latest }) : t('lastDayFree'),
          name: t('name'),
          document: t('document'),
          documentHint: t('documentHint'),
          seen: t('seen'),
          answer: t('answer'),
          answerHint: t('answerHint'),
          submit: t('submit'),
          pending: t('pending'),
          form,
        }}
      />
    </Panel>
  );
}
