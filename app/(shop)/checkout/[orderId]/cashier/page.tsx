import { ExternalLink } from 'lucide-react';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { HandOver } from '@/components/checkout/hand-over';
import { Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { buttonClasses } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { SubmitButton } from '@/components/ui/submit-button';
import { type Payment, proceed } from '@/lib/checkout';
import { env } from '@/lib/env';
import type { ShopperStep } from '@/lib/gateways';
import { formatMoney, invariant } from '@/lib/kernel';
import { cashierMode } from '../cashier-mode';
import { ownPayment } from '../own-payment';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params }: PageProps<'/checkout/[orderId]/cashier'>): Promise<Metadata> {
  await ownPayment((await params).orderId);
  return { title: (await getTranslations('checkout'))('cashier.page') };
}

export default pageOrNotFound(CashierPage);

/**
 * Hands the shopper over to the gateway, now or again: the same payment each time. A page of its own between the submit
 * and the gateway, because browsers count a redirect of a submitted form as the form's target, which the page's policy
 * confines to ourselves.
 */
async function CashierPage({ params }: PageProps<'/checkout/[orderId]/cashier'>) {
  const { orderId } = await params;
  const { context, payment } = await ownPayment(orderId);
  const [t, common] = await Promise.all([getTranslations('checkout'), getTranslations('common')]);
  const outcome = await proceed(context, payment, {
    mode: cashierMode(await headers()),
    returnUrl: () => `${env().origin}/checkout/${orderId}/result`,
    subject: t('subject', { brand: common('brand'), number: payment.orderNumber }),
  });
  if (outcome.status !== 'proceed') redirect(`/checkout/${orderId}/result`);
  return <Cashier payment={outcome.payment} step={outcome.next} />;
}

async function Cashier({ payment, step }: { payment: Payment; step: ShopperStep }) {
  const t = await getTranslations('checkout');
  invariant(payment.gateway, 'a payment at a gateway names it');
  const words = {
    method: t(`tender.method.${payment.gateway}`),
    card: formatMoney(payment.cardMinor, payment.currency),
    external: formatMoney(payment.externalMinor, payment.currency),
  };
  return (
    <Page title={t('cashier.title', words)} width="narrow">
      <Amount minor={payment.externalMinor} currency={payment.currency} size="3xl" />
      <p>{payment.cardMinor > 0n ? t('cashier.text', words) : t('cashier.textAll', words)}</p>
      {step.kind === 'redirect' ? (
        <>
          <meta httpEquiv="refresh" content={`0;url=${step.url}`} />
          <a href={step.url} rel="noreferrer" className={buttonClasses({ look: 'primary', block: true })}>
            <Icon as={ExternalLink} size={20} />
            {t('cashier.go', words)}
          </a>
        </>
      ) : (
        <HandOver action={step.action}>
          {Object.entries(step.fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <SubmitButton>{t('cashier.go', words)}</SubmitButton>
        </HandOver>
      )}
      <p role="status" className="text-center text-ink-2 text-sm">
        {t('cashier.going')}
      </p>
    </Page>
  );
}
