import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { AsWritten } from '@/components/ui/as-written';
import { buttonClasses } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Facts, Panel } from '@/components/ui/panel';
import { SubmitButton } from '@/components/ui/submit-button';
import { type CashierView, readCashier } from '@/lib/gateways/sandbox';
import { formatMoney } from '@/lib/kernel';
import { sandboxContext } from '../../sandbox-context';
import { SwitchesFields } from './switches-fields';

interface Address {
  params: Promise<{ id: string }>;
}

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params }: Address): Promise<Metadata> {
  await cashierOf((await params).id);
  const t = await getTranslations('sandbox');
  return { title: { absolute: `${t('title')} · ${t('name')}` } };
}

export default pageOrNotFound(CashierPage);

async function CashierPage({ params }: Address) {
  const cashier = await cashierOf((await params).id);
  const t = await getTranslations('sandbox');
  return (
    <Page title={cashier.state === 'waiting' ? t('title') : t(`state.${cashier.state}.title`)} width="narrow">
      <Bill cashier={cashier} />
      {cashier.state === 'waiting' ? (
        <PayForm cashier={cashier} />
      ) : (
        <Ended state={cashier.state} returnUrl={cashier.returnUrl} />
      )}
    </Page>
  );
}

const cashierOf = cache(async (id: string): Promise<CashierView> => {
  const context = sandboxContext();
  const cashier = context && (await readCashier(context, id));
  if (!cashier) notFound();
  return cashier;
});

async function Bill({ cashier }: { cashier: CashierView }) {
  const [t, format] = await Promise.all([getTranslations('sandbox'), getFormatter()]);
  const { expiresAt } = cashier;
  const expiry = expiresAt && {
    term: t('expires'),
    value: t('expiresAt', {
      time: format.dateTime(expiresAt, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    }),
  };
  return (
    <Panel>
      <div className="border-line border-b pt-2 pb-4 text-center">
        <p className="text-ink-2">
          <AsWritten>{t('payTo', { payee: cashier.payee })}</AsWritten>
        </p>
        <Amount minor={cashier.amountMinor} size="3xl" />
      </div>
      <Facts
        facts={[
          { term: t('subject'), value: <AsWritten>{cashier.subject}</AsWritten> },
          ...(expiry ? [expiry] : []),
          { term: t('outTradeNo'), value: cashier.outTradeNo },
          { term: t('tradeNo'), value: cashier.tradeNo },
        ]}
      />
    </Panel>
  );
}

/** A plain form, posted by the browser: this page needs no script. */
async function PayForm({ cashier }: { cashier: CashierView }) {
  const t = await getTranslations('sandbox');
  return (
    <form
      method="post"
      action={`/sandbox/alipay/cashier/${cashier.id}/decision`}
      className="flex flex-col gap-3"
    >
      <SubmitButton name="decision" value="pay">
        {t('payAmount', { amount: formatMoney(cashier.amountMinor) })}
      </SubmitButton>
      <SubmitButton name="decision" value="leave" look="ghost">
        {t('leave')}
      </SubmitButton>
      <p className="text-ink-2 text-sm">{t('leaveHint')}</p>
      <SwitchesFields switches={cashier.switches} />
    </form>
  );
}

async function Ended({
  state,
  returnUrl,
}: {
  state: Exclude<CashierView['state'], 'waiting'>;
  returnUrl: string | null;
}) {
  const t = await getTranslations('sandbox');
  return (
    <>
      <Notice tone={state === 'paid' ? 'jade' : 'amber'}>{t(`state.${state}.text`)}</Notice>
      {returnUrl ? (
        <a href={returnUrl} className={buttonClasses({ look: 'primary', block: true })}>
          {t('backToShop')}
        </a>
      ) : null}
    </>
  );
}
