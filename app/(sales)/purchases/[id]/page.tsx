import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requireUser } from '@/app/viewer';
import { CardFace } from '@/components/card/card';
import { Watch } from '@/components/checkout/watch';
import { Columns, Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { InvoicePill } from '@/components/sales/invoice-pill';
import { PurchasePill } from '@/components/sales/purchase-pill';
import { AsWritten, Quoting } from '@/components/ui/as-written';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Facts, List, ListRow, Panel } from '@/components/ui/panel';
import { formatMoney } from '@/lib/kernel';
import { coloursOf, type PurchaseView, purchaseView, salesContext, weighPayment } from '@/lib/sales';
import { refusalWords } from '../../sale-words';
import { GivenBack, JustGivenBack, WithdrawCards } from './withdraw-cards';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params }: PageProps<'/purchases/[id]'>): Promise<Metadata> {
  await ownPurchase((await params).id);
  return { title: (await getTranslations('sales'))('purchase.title') };
}

export default pageOrNotFound(PurchasePage);

/** The buyer's alone: for everybody else there is no such purchase. */
async function PurchasePage({ params, searchParams }: PageProps<'/purchases/[id]'>) {
  const [{ id }, search, t] = await Promise.all([params, searchParams, getTranslations('sales')]);
  const { user, view } = await ownPurchase(id);
  const { purchase, standing } = view;
  const waits = standing === 'paid' || view.withdrawals.some(({ state }) => state === 'returning');
  return (
    <Page
      title={t('purchase.title')}
      back={{ href: '/purchases', label: t('purchases.title') }}
      aside={<PurchasePill state={standing} />}
      width="wide"
    >
      {waits ? <Watch /> : null}
      <Problem code={search.problem} />
      {search.withdrawn === undefined ? null : <JustGivenBack view={view} />}
      {search.refused === undefined ? null : <Refused orderId={purchase.orderId} userId={user.id} />}
      <Columns aside={<Aside view={view} chosen={search.weigh === undefined ? null : asList(search.card)} />}>
        <p>
          <span className="block text-ink-2 text-sm">{t('purchase.total')}</span>
          <Amount minor={view.totalMinor} currency={purchase.currency} size="3xl" />
        </p>
        <Say view={view} />
        <Contents view={view} />
        <GivenBack view={view} />
      </Columns>
    </Page>
  );
}

function asList(value: string | string[] | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}

const ownPurchase = cache(async (id: string) => {
  const user = await requireUser();
  const view = await purchaseView(salesContext(new Date()), { userId: user.id, purchaseId: id });
  if (!view) notFound();
  return { user, view };
});

/** Why the policy did not let it be paid, asked anew: it may have changed its mind since. */
async function Refused({ orderId, userId }: { orderId: string; userId: string }) {
  const weighed = await weighPayment(salesContext(new Date()), { orderId, userId });
  if (weighed.ok) return null;
  const { message, article } = await refusalWords(weighed.refusal.refusal);
  return (
    <Notice tone="danger" title={message} live>
      {article ? <Quoting>{article}</Quoting> : null}
    </Notice>
  );
}

function Problem({ code }: { code: string | string[] | undefined }) {
  const t = useTranslations('sales.withdraw.problem');
  if (typeof code !== 'string' || !t.has(code)) return null;
  return (
    <Notice tone="danger" live>
      {t(code)}
    </Notice>
  );
}

function Say({ view: { purchase, standing } }: { view: PurchaseView }) {
  const t = useTranslations('sales.say');
  const ended = standing === 'abandoned' || standing === 'lapsed';
  const tone = standing === 'issued' || standing === 'withdrawn' ? 'jade' : 'amber';
  return (
    <Notice tone={ended ? 'neutral' : tone} live>
      {standing === 'issued' ? t(`issued.${purchase.purpose}`) : t(standing)}
    </Notice>
  );
}

/** What came of it: cards, gifts, or a parcel. */
function Contents({ view }: { view: PurchaseView }) {
  const t = useTranslations('sales.purchase');
  const { purchase, cards, gifts, shipment } = view;
  if (shipment) return <Parcel shipment={shipment} />;
  if (gifts.length > 0) {
    return (
      <List label={t('gifts')}>
        {gifts.map(({ id }, index) => (
          <ListRow key={id} title={t('gift', { number: index + 1 })} href={`/gifts/${id}`} />
        ))}
      </List>
    );
  }
  if (cards.length === 0) return null;
  return (
    <List label={t('cards')}>
      {cards.map((card) => (
        <ListRow
          key={card.id}
          title={t('card', { last4: card.lastFour })}
          detail={card.state === 'closed' ? t('closed') : undefined}
          aside={
            card.state === 'closed' ? null : <Amount minor={card.faceMinor} currency={purchase.currency} />
          }
          {...(card.holderId === purchase.userId ? { href: `/cards/${card.id}` as const } : { among: true })}
        />
      ))}
    </List>
  );
}

function Parcel({ shipment }: { shipment: NonNullable<PurchaseView['shipment']> }) {
  const t = useTranslations('sales.shipment');
  return (
    <Panel title={t('title')}>
      <Facts
        facts={[
          { term: t('state'), value: t(`states.${shipment.state}`) },
          { term: t('to'), value: <AsWritten>{shipment.maskedAddress}</AsWritten> },
          ...(shipment.carrier
            ? [{ term: t('carrier'), value: <AsWritten>{shipment.carrier}</AsWritten> }]
            : []),
          ...(shipment.trackingNumber ? [{ term: t('tracking'), value: shipment.trackingNumber }] : []),
        ]}
      />
      <p className="pt-2 text-ink-2 text-sm">{t('activation')}</p>
    </Panel>
  );
}

function Aside({ view, chosen }: { view: PurchaseView; chosen: readonly string[] | null }) {
  const t = useTranslations('sales.purchase');
  const [format, locale] = [useFormatter(), useLocale()];
  const { purchase, invoice } = view;
  const name = locale === 'en' ? view.nameEn : view.nameZh;
  const time = (at: Date) => format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <CardFace
        publicId={view.cards[0]?.id ?? purchase.id}
        programmeName={name}
        medium={view.medium === 'physical' ? 'physical' : 'electronic'}
        colours={coloursOf(purchase.theme, view.colours)}
        balanceMinor={purchase.faceMinor}
      />
      <Panel>
        <Facts
          facts={[
            {
              term: name,
              value: t('each', { face: formatMoney(purchase.faceMinor), quantity: purchase.quantity }),
            },
            ...(purchase.basisPoints > 0
              ? [{ term: t('price'), value: formatMoney(purchase.unitMinor, purchase.currency) }]
              : []),
            { term: t('created'), value: time(purchase.createdAt) },
            ...(purchase.paidAt ? [{ term: t('paidAt'), value: time(purchase.paidAt) }] : []),
          ]}
        />
      </Panel>
      {invoice ? <InvoicePanel invoice={invoice} /> : null}
      <Steps view={view} />
      <WithdrawCards view={view} chosen={chosen} />
    </>
  );
}

/** Its numbers are what the buyer finds it by, also one that was reversed or waits to be issued anew. */
function InvoicePanel({ invoice }: { invoice: NonNullable<PurchaseView['invoice']> }) {
  const t = useTranslations('sales.invoice');
  const { title, state, number, reversalNumber } = invoice;
  return (
    <Panel title={t('title')} action={<InvoicePill state={state} />}>
      <Facts
        facts={[
          { term: t('madeOutTo'), value: <AsWritten>{title}</AsWritten> },
          ...(number === null
            ? []
            : [
                {
                  term: t(state === 'requested' ? 'replaced' : 'number'),
                  value: <Figures>{number}</Figures>,
                },
              ]),
          ...(reversalNumber === null
            ? []
            : [{ term: t('reversal'), value: <Figures>{reversalNumber}</Figures> }]),
        ]}
      />
    </Panel>
  );
}

function Figures({ children }: { children: string }) {
  return <span className="break-all">{children}</span>;
}

function Steps({ view: { purchase, standing } }: { view: PurchaseView }) {
  const t = useTranslations('sales');
  return (
    <div className="flex flex-col gap-2.5">
      {standing === 'open' ? (
        <ButtonLink href={`/checkout/${purchase.orderId}`} look="primary" block>
          {t('purchase.pay')}
        </ButtonLink>
      ) : null}
      {purchase.state === 'issued' && purchase.purpose === 'self' ? (
        <ButtonLink href="/cards" look="primary" block>
          {t('purchase.wallet')}
        </ButtonLink>
      ) : null}
      <ButtonLink href={`/orders/${purchase.orderId}`} block>
        {t('purchase.order')}
      </ButtonLink>
    </div>
  );
}
