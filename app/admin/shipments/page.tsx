import type { Metadata } from 'next';
import { useFormatter, useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { AdminPage } from '@/app/admin/admin-page';
import { requireRole } from '@/app/viewer';
import { RevealAddress } from '@/components/sales/reveal-address';
import { RevealIdentity } from '@/components/sales/reveal-identity';
import { AsWritten } from '@/components/ui/as-written';
import { buttonClasses } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { Notice } from '@/components/ui/notice';
import { TextField } from '@/components/ui/text-field';
import { database } from '@/lib/database';
import { hasRole } from '@/lib/identity';
import { formatMoney } from '@/lib/kernel';
import { counterDesk, hangingWithdrawals, notedInvoices, type ShipmentLine } from '@/lib/sales';
import { invoiceSearchSchema } from '@/lib/sales/invoices/schemas';
import { SHIPMENT_NEXT } from '@/lib/sales/model';
import { moveShipmentAction, showAddressAction, showIdentityAction } from './actions';
import { InvoiceSaid } from './invoice-said';
import { Invoices, Reversals } from './invoices';
import { Noted } from './noted-invoices';
import { Withdrawals } from './withdrawals';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales.desk'))('title') };
}

/** What waits at the card counter: parcels, invoices to issue, to reverse and to correct, and money of cards handed back. */
export default async function ShipmentsPage({ searchParams }: PageProps<'/admin/shipments'>) {
  const user = await requireRole('support');
  const { refused, refund, done, number } = await searchParams;
  const sought = invoiceSearchSchema.parse(number);
  const [t, desk, noted, withdrawals] = await Promise.all([
    getTranslations('sales.desk'),
    counterDesk(database()),
    notedInvoices(database(), sought),
    hangingWithdrawals(database()),
  ]);
  return (
    <AdminPage user={user} tab="counter" title={t('title')}>
      <InvoiceSaid done={done} refused={refused} number={sought} noted={noted} />
      <RefundSaid said={refund} />
      <h2>{t('shipments')}</h2>
      <Shipments rows={desk.shipments} mayOpen={hasRole(user.role, 'supervisor')} />
      <h2>{t('invoices')}</h2>
      <Invoices rows={desk.invoices} />
      <h2>{t('reversals')}</h2>
      <Reversals rows={desk.reversals} />
      <h2>{t('noted')}</h2>
      <Noted rows={noted} sought={sought} />
      <h2>{t('refunds')}</h2>
      <Withdrawals rows={withdrawals} />
    </AdminPage>
  );
}

/** What became of money that was asked for again. */
function RefundSaid({ said }: { said: string | string[] | undefined }) {
  const t = useTranslations('sales.desk');
  if (said !== 'back' && said !== 'asked' && said !== 'refused' && said !== 'waiting' && said !== 'blocked')
    return null;
  return (
    <Notice
      tone={said === 'back' ? 'jade' : said === 'refused' || said === 'blocked' ? 'danger' : 'amber'}
      live
    >
      {t(`refundSaid.${said}`)}
    </Notice>
  );
}

function Shipments({ rows, mayOpen }: { rows: readonly ShipmentLine[]; mayOpen: boolean }) {
  const [t, states] = [useTranslations('sales.desk'), useTranslations('sales.shipment.states')];
  const format = useFormatter();
  return (
    <DataTable
      caption={t('shipments')}
      rows={rows}
      empty={<p className="text-ink-2">{t('noShipments')}</p>}
      columns={[
        {
          key: 'purchase',
          heading: t('purchase'),
          cell: (row) => (
            <span className="whitespace-nowrap font-bold">
              {format.dateTime(row.createdAt, { dateStyle: 'medium' })} · {row.purchaseId.slice(-6)}
            </span>
          ),
        },
        {
          key: 'cards',
          heading: t('cards'),
          cell: ({ faceMinor, quantity }) => (
            <span className="whitespace-nowrap">{`${formatMoney(faceMinor)} × ${quantity}`}</span>
          ),
        },
        { key: 'address', heading: t('address'), cell: (row) => <AddressCell row={row} /> },
        {
          key: 'buyer',
          heading: t('buyer'),
          cell: ({ identity }) =>
            identity ? (
              <span className="flex flex-col gap-1">
                <AsWritten>{`${identity.maskedName} ${identity.maskedNumber}`}</AsWritten>
                {mayOpen ? <Reveal identityId={identity.id} /> : null}
              </span>
            ) : (
              '—'
            ),
        },
        { key: 'state', heading: t('state'), cell: (row) => states(row.state) },
        { key: 'step', heading: t('step'), cell: (row) => <Step row={row} /> },
      ]}
    />
  );
}

function AddressCell({ row }: { row: ShipmentLine }) {
  const t = useTranslations('sales.desk');
  return (
    <RevealAddress
      action={showAddressAction}
      shipmentId={row.id}
      masked={row.maskedAddress}
      texts={{ show: t('showAddress'), showing: t('showing') }}
    />
  );
}

function Reveal({ identityId }: { identityId: string }) {
  const t = useTranslations('sales.desk');
  return (
    <RevealIdentity
      action={showIdentityAction}
      identityId={identityId}
      texts={{
        open: t('identity'),
        reason: t('reason'),
        reasonHint: t('reasonHint'),
        show: t('show'),
        showing: t('showing'),
      }}
    />
  );
}

function Step({ row }: { row: ShipmentLine }) {
  const t = useTranslations('sales.desk');
  const to = SHIPMENT_NEXT[row.state];
  if (row.purchaseState !== 'issued') return <>{t('withdrawn')}</>;
  if (to === null || to === 'preparing') return null;
  return (
    <form action={moveShipmentAction} className="flex flex-wrap items-end gap-2">
      <input type="hidden" name="shipmentId" value={row.id} />
      <input type="hidden" name="to" value={to} />
      {to === 'shipped' ? (
        <>
          <TextField id={`carrier-${row.id}`} name="carrier" label={t('carrier')} />
          <TextField id={`tracking-${row.id}`} name="trackingNumber" label={t('tracking')} />
        </>
      ) : null}
      <button type="submit" className={buttonClasses({ size: 'md' })}>
        {t(`to.${to}`)}
      </button>
    </form>
  );
}
