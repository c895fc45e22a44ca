import { getTranslations } from 'next-intl/server';
import { Story } from '@/components/admin/story';
import { ButtonLink } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Tabs } from '@/components/ui/tabs';
import type { StoryPage, StoryPart } from '@/lib/support';

/** The story of a case with its filter and pages; both stand in the address of the case. */
export async function CaseStory({
  story,
  part,
  parts,
  path,
  paged,
}: {
  story: StoryPage;
  part: StoryPart | null;
  /** The parts that this kind of case has. */
  parts: readonly StoryPart[];
  path: `/admin/${'holders' | 'cards' | 'orders' | 'requests'}/${string}`;
  /** Whether this is a page after the first. */
  paged: boolean;
}) {
  const t = await getTranslations('admin.story');
  const address = (given: { part: StoryPart | null; before?: string }) => {
    const query = new URLSearchParams({
      ...(given.part ? { part: given.part } : {}),
      ...(given.before ? { before: given.before } : {}),
    }).toString();
    return query ? (`${path}?${query}` as const) : path;
  };
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <h2>{t('title')}</h2>
      <Tabs
        label={t('title')}
        current={part ?? 'all'}
        tabs={[
          { value: 'all', label: t('all'), href: address({ part: null }) },
          ...parts.map((each) => ({
            value: each,
            label: t(`parts.${each}`),
            href: address({ part: each }),
          })),
        ]}
      />
      <Panel>
        <Story entries={story.entries} />
      </Panel>
      <div className="flex flex-wrap gap-3">
        {paged ? (
          <ButtonLink href={address({ part })} size="md" prefetch={false}>
            {t('newest')}
          </ButtonLink>
        ) : null}
        {story.nextBefore ? (
          <ButtonLink href={address({ part, before: story.nextBefore })} size="md" prefetch={false}>
            {t('older')}
          </ButtonLink>
        ) : null}
      </div>
    </section>
  );
}
