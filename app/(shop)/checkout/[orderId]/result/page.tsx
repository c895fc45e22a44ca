import { Check, Hourglass, type LucideIcon, Undo2 } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { ReceiptList } from '@/components/checkout/receipt-list';
import { ReceiptPaper } from '@/components/checkout/receipt-paper';
import { Watch } from '@/components/checkout/watch';
import { Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { ButtonLink, buttonClasses } from '@/components/ui/button';
import type { Tone } from '@/components/ui/notice';
import { Facts, Panel } from '@/components/ui/panel';
import { Seal } from '@/components/ui/seal';
import { SubmitButton } from '@/components/ui/submit-button';
import { checkPayment, type Receipt, receiptOf } from '@/lib/checkout';
import { database } from '@/lib/database';
import { formatMoney, plusMs } from '@/lib/kernel';
import { purchaseOfOrder } from '@/lib/sales';
import { orderNumberGroups } from '@/lib/shop';
import { ownPayment } from '../own-payment';
import { giveUpPayment } from './actions';
import { type Outcome, outcomeOf, PROOF_GRACE_MS } from './outcome';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params }: PageProps<'/checkout/[orderId]/result'>): Promise<Metadata> {
  await ownPayment((await params).orderId);
  return { title: (await getTranslations('checkout'))('result.page') };
}

export default pageOrNotFound(ResultPage);

/**
 * How a payment stands. The gateway sends the shopper here too, with parameters that prove nothing and are not read: the
 * gateway itself is asked, each time, until there is an end.
 */
async function ResultPage({ params }: PageProps<'/checkout/[orderId]/result'>) {
  const { orderId } = await params;
  const { context, payment, userId } = await ownPayment(orderId);
  const receipt = await receiptOf(context, await checkPayment(context, payment.id), userId);
  if (!receipt) notFound();
  const outcome = outcomeOf(receipt.state);
  const t = await getTranslations('checkout.result.title');
  const Body = BODIES[outcome];
  return (
    <Page title={t(outcome)} titleHidden width="narrow">
      <Headline outcome={outcome} receipt={receipt} />
      <Body receipt={receipt} />
    </Page>
  );
}

const BODIES: Record<Outcome, (props: { receipt: Receipt }) => ReactNode> = {
  paid: Paid,
  pending: Pending,
  cancelling: Cancelling,
  cancelled: Cancelled,
  late: Late,
  returned: Late,
};

async function Headline({ outcome, receipt }: { outcome: Outcome; receipt: Receipt }) {
  const t = await getTranslations('checkout.result.title');
  const { icon, tone } = LOOKS[outcome];
  return (
    <div role="status" className="flex animate-rise flex-col items-center gap-1 pt-2 text-center">
      <Seal icon={icon} tone={tone} seed={receipt.orderNumber} />
      <p className="mt-2 font-bold text-xl">{t(outcome)}</p>
      <Amount minor={receipt.amountMinor} currency={receipt.currency} size="3xl" />
    </div>
  );
}

async function Paid({ receipt }: { receipt: Receipt }) {
  const [t, format] = await Promise.all([getTranslations('checkout.result'), getFormatter()]);
  const [words, purchaseId] = await Promise.all([
    wordsOf(receipt),
    purchaseOfOrder(database(), receipt.orderId),
  ]);
  return (
    <>
      <ReceiptPaper>
        <ReceiptList receipt={receipt} showLeft framed={false} />
        <div className="border-line border-t border-dashed pt-1">
          <Facts
            facts={[
              { term: t('number'), value: orderNumberGroups(receipt.orderNumber) },
              ...(receipt.paidAt
                ? [{ term: t('paidAt'), value: format.dateTime(receipt.paidAt, MOMENT) }]
                : []),
            ]}
          />
        </div>
        <p className="border-line border-t border-dashed pt-3 text-ink-2 text-sm">
          {receipt.externalMinor > 0n ? t('refund', words) : t('refundCards')}
        </p>
      </ReceiptPaper>
      {purchaseId ? (
        <ButtonLink href={`/purchases/${purchaseId}`} look="primary" block prefetch={false}>
          {t('purchase')}
        </ButtonLink>
      ) : (
        <ButtonLink href={`/orders/${receipt.orderId}`} look="primary" block>
          {t('order')}
        </ButtonLink>
      )}
      <ButtonLink href="/shop" block>
        {t('shop')}
      </ButtonLink>
    </>
  );
}

async function Pending({ receipt }: { receipt: Receipt }) {
  const [t, words, until] = await Promise.all([
    getTranslations('checkout.result.pending'),
    wordsOf(receipt),
    clockOf(receipt.expiresAt),
  ]);
  return (
    <>
      <Watch />
      <Panel>
        <p>{t('text', words)}</p>
        {receipt.cardMinor > 0n ? <p className="mt-2 text-ink-2 text-sm">{t('held', words)}</p> : null}
        {until ? <p className="mt-2 text-ink-2 text-sm">{t('until', { time: until })}</p> : null}
      </Panel>
      {receipt.canProceed ? (
        <a
          href={`/checkout/${receipt.orderId}/cashier`}
          className={buttonClasses({ look: 'primary', block: true })}
        >
          {t('go')}
        </a>
      ) : null}
      <form action={giveUpPayment}>
        <input type="hidden" name="orderId" value={receipt.orderId} />
        <SubmitButton look="ghost" pendingLabel={t('givingUp')}>
          {t('giveUp')}
        </SubmitButton>
      </form>
    </>
  );
}

async function Cancelling({ receipt }: { receipt: Receipt }) {
  const [t, words, until] = await Promise.all([
    getTranslations('checkout.result.cancelling'),
    wordsOf(receipt),
    clockOf(receipt.expiresAt && plusMs(receipt.expiresAt, PROOF_GRACE_MS)),
  ]);
  return (
    <>
      <Watch />
      <Panel>
        <p>{receipt.cardMinor > 0n ? t('text', words) : t('textAll', words)}</p>
        {until ? <p className="mt-2 text-ink-2 text-sm">{t('until', { ...words, time: until })}</p> : null}
        <p className="mt-2 text-ink-2 text-sm">{t('paid')}</p>
      </Panel>
      <ButtonLink href={`/orders/${receipt.orderId}`} block>
        {(await getTranslations('checkout.result'))('order')}
      </ButtonLink>
    </>
  );
}

async function Cancelled({ receipt }: { receipt: Receipt }) {
  const t = await getTranslations('checkout.result.cancelled');
  return (
    <>
      <p className="text-center text-ink-2">{t('text')}</p>
      <Again receipt={receipt} />
    </>
  );
}

async function Late({ receipt }: { receipt: Receipt }) {
  const [t, words] = await Promise.all([getTranslations('checkout.result.late'), wordsOf(receipt)]);
  return (
    <>
      {receipt.state === 'LATE_PAID' ? <Watch /> : null}
      <Panel>
        <p>{t(receipt.state === 'LATE_PAID' ? 'text' : 'returned', words)}</p>
      </Panel>
      <Again receipt={receipt} />
    </>
  );
}

/** The order is open again; when its time is over too, the checkout page says so. */
async function Again({ receipt }: { receipt: Receipt }) {
  const t = await getTranslations('checkout.result.cancelled');
  return (
    <>
      <ButtonLink href={`/checkout/${receipt.orderId}`} look="primary" block prefetch={false}>
        {t('again')}
      </ButtonLink>
      <ButtonLink href={`/orders/${receipt.orderId}`} block>
        {t('order')}
      </ButtonLink>
    </>
  );
}

async function wordsOf(receipt: Receipt) {
  const t = await getTranslations('checkout.tender');
  return {
    method: receipt.gateway ? t(`method.${receipt.gateway}`) : t('unknown'),
    card: formatMoney(receipt.cardMinor, receipt.currency),
    external: formatMoney(receipt.externalMinor, receipt.currency),
  };
}

async function clockOf(instant: Date | null): Promise<string | null> {
  const format = await getFormatter();
  return instant && format.dateTime(instant, { timeStyle: 'short' });
}

const MOMENT = { dateStyle: 'medium', timeStyle: 'short' } as const;

const LOOKS: Record<Outcome, { icon: LucideIcon; tone: Tone }> = {
  paid: { icon: Check, tone: 'jade' },
  pending: { icon: Hourglass, tone: 'amber' },
  cancelling: { icon: Hourglass, tone: 'amber' },
  cancelled: { icon: Undo2, tone: 'neutral' },
  late: { icon: Undo2, tone: 'amber' },
  returned: { icon: Undo2, tone: 'jade' },
};
