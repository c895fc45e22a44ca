import { Phone } from 'lucide-react';
import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/layout/page';
import { Icon } from '@/components/ui/icon';
import { env } from '@/lib/env';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('help');
  return { title: t('title') };
}

export default function HelpPage() {
  const t = useTranslations('help');
  return (
    <Page title={t('title')} lead={t('lead')} width="wide">
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_380px] lg:gap-8">
        <Contact contact={env().supportContact} />
        <div className="flex min-w-0 flex-col gap-5 lg:col-start-1 lg:row-start-1">
          <Topics />
        </div>
      </div>
    </Page>
  );
}

function Topics() {
  const t = useTranslations('help');
  return (
    <>
      {TOPICS.map(({ topic, questions }) => (
        <section key={topic} aria-labelledby={topic} className="flex flex-col gap-2">
          <h2 id={topic}>{t(`${topic}.title`)}</h2>
          <div className="divide-y divide-line rounded-md border border-line bg-surface">
            {questions.map((question) => (
              <details key={question} className="group px-4">
                <summary className="flex min-h-control list-none items-center justify-between gap-3 py-2 font-bold [&::-webkit-details-marker]:hidden">
                  {t(`${topic}.${question}`)}
                  <Chevron />
                </summary>
                <p className="max-w-[44em] pb-4 text-ink-2">{t(`${topic}.${question}Answer`)}</p>
              </details>
            ))}
          </div>
        </section>
      ))}
    </>
  );
}

function Contact({ contact }: { contact: string }) {
  const t = useTranslations('help.contact');
  return (
    <section
      aria-labelledby="contact"
      className="flex gap-4 rounded-md border border-jade/30 bg-jade-wash px-4 py-4 lg:sticky lg:top-[calc(var(--bar)+24px)]"
    >
      <Icon as={Phone} size={24} className="mt-0.5 text-jade" />
      <div className="min-w-0">
        <h2 id="contact">{t('title')}</h2>
        {contact ? <p className="mt-1 font-bold text-xl">{contact}</p> : <p className="mt-1">{t('store')}</p>}
        <p className="mt-1">{t('never')}</p>
      </div>
    </section>
  );
}

function Chevron() {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className="size-5 shrink-0 fill-none stroke-[1.75] stroke-current text-ink-2 transition-transform group-open:rotate-180"
    >
      <path d="m6 9 6 6 6-6" />
    </svg>
  );
}

const TOPICS = [
  { topic: 'bind', questions: ['find', 'fail', 'taken'] },
  { topic: 'pay', questions: ['order', 'not', 'twice'] },
  { topic: 'refund', questions: ['where', 'expired', 'cash'] },
  { topic: 'end', questions: ['soon', 'after'] },
  { topic: 'safe', questions: ['lost', 'asked'] },
] as const;
