import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { ButtonLink } from './button';
import { Icon } from './icon';

/**
 * Previous and next page as links. `previous` and `next` are the addresses, or `null` at an end; `status` says where
 * the reader is ("第 2 页，共 5 页"). Draws nothing when there is only one page.
 */
export function Pagination<Path extends string>({
  previous,
  next,
  status,
}: {
  previous: Route<Path> | null;
  next: Route<Path> | null;
  status?: string;
}) {
  const t = useTranslations('common.pagination');
  if (!previous && !next) return null;
  return (
    <nav aria-label={t('label')} className="flex items-center justify-between gap-3">
      {previous ? (
        <ButtonLink href={previous} size="md" icon={<Icon as={ChevronLeft} size={18} />}>
          {t('previous')}
        </ButtonLink>
      ) : (
        <span className="min-w-target" />
      )}
      {status ? <span className="text-center text-ink-2 text-sm tabular-nums">{status}</span> : null}
      {next ? (
        <ButtonLink href={next} size="md">
          {t('next')}
          <Icon as={ChevronRight} size={18} />
        </ButtonLink>
      ) : (
        <span className="min-w-target" />
      )}
    </nav>
  );
}
