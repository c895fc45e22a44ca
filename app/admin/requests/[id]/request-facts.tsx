import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { showIdentityAction } from '@/app/admin/shipments/actions';
import { DAY, TIME } from '@/components/admin/formats';
import { RevealIdentity } from '@/components/sales/reveal-identity';
import { AsWritten } from '@/components/ui/as-written';
import { Facts, Panel } from '@/components/ui/panel';
import type { RequestCase } from '@/lib/support';

/** What was asked, by whom, with which words, and what came of it. */
export async function RequestFacts({
  found,
  mayOpen,
}: {
  found: RequestCase;
  /** Whether the reader may look at the document that is on file. */
  mayOpen: boolean;
}) {
  const [t, format] = await Promise.all([getTranslations('requestDesk'), getFormatter()]);
  const { request, identity, decidedBy, card } = found;
  const { statement, evidence, createdAt, dueAt, decidedAt, answer } = request;
  return (
    <Panel title={t('facts')} className="flex flex-col gap-3">
      <Facts
        facts={[
          { term: t('asked'), value: format.dateTime(createdAt, TIME) },
          { term: t('due'), value: format.dateTime(new Date(dueAt.getTime() - 1), DAY) },
          {
            term: t('card'),
            value: (
              <Link
                href={`/admin/cards/${request.cardId}`}
                prefetch={false}
                className="link inline-flex min-h-target min-w-target items-center justify-end"
              >
                •{card.card.lastFour}
              </Link>
            ),
          },
          ...(request.kind === 'loss'
            ? [
                {
                  term: t('identity'),
                  value: identity ? (
                    <AsWritten>{`${identity.maskedName} ${identity.maskedNumber}`}</AsWritten>
                  ) : (
                    t('noIdentity')
                  ),
                },
              ]
            : []),
          ...(decidedAt
            ? [
                { term: t('decidedAt'), value: format.dateTime(decidedAt, TIME) },
                { term: t('decidedBy'), value: <AsWritten>{decidedBy ?? t('nobody')}</AsWritten> },
              ]
            : []),
        ]}
      />
      {request.kind === 'loss' && identity && mayOpen ? <Document identityId={identity.id} /> : null}
      <Words term={t('statement')} text={statement} />
      {evidence.words ? <Words term={t('evidence')} text={evidence.words} /> : null}
      {answer ? <Words term={t('answer')} text={answer} /> : null}
    </Panel>
  );
}

async function Document({ identityId }: { identityId: string }) {
  const t = await getTranslations('sales.desk');
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

function Words({ term, text }: { term: string; text: string }) {
  return (
    <div>
      <h3 className="text-ink-2 text-sm">{term}</h3>
      <p>
        <AsWritten>{text}</AsWritten>
      </p>
    </div>
  );
}
