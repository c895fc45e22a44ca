import { History, Inbox, Package, Search } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { SearchBar } from '@/components/admin/search-bar';
import { formTexts } from '@/components/forms/form-texts';
import { Icon } from '@/components/ui/icon';
import { LinkPending } from '@/components/ui/link-pending';
import { hasRole, type SignedInUser } from '@/lib/identity';
import { searchAction } from './actions';

/**
 * The frame of every page of the support desk: its own navigation and the search. Not a layout: a page draws it after
 * it has made sure who asks, so that nothing of it is in an answer to anybody else.
 */
export async function AdminPage({
  user,
  title,
  aside,
  tab,
  autoFocus = false,
  children,
}: {
  user: SignedInUser;
  /** Which page of the navigation this is, if any. */
  tab?: 'desk' | 'requests' | 'counter' | 'audit';
  title: ReactNode;
  aside?: ReactNode;
  autoFocus?: boolean;
  children: ReactNode;
}) {
  const [t, texts] = await Promise.all([getTranslations('admin'), formTexts('admin')]);
  return (
    <div className="desk mx-auto flex w-full max-w-(--page-max) flex-col gap-4 px-page pt-3 pb-8 text-base">
      <div className="flex flex-col gap-x-6 gap-y-2 border-line border-b pb-3 lg:flex-row lg:items-center">
        <nav aria-label={t('nav.label')} className="-ml-3 flex flex-wrap gap-1">
          <Link
            href="/admin"
            prefetch={false}
            aria-current={tab === 'desk' ? 'page' : undefined}
            className={TAB}
          >
            <Icon as={Search} size={18} />
            {t('nav.desk')}
            <LinkPending />
          </Link>
          <Link
            href="/admin/requests"
            prefetch={false}
            aria-current={tab === 'requests' ? 'page' : undefined}
            className={TAB}
          >
            <Icon as={Inbox} size={18} />
            {t('nav.requests')}
            <LinkPending />
          </Link>
          <Link
            href="/admin/shipments"
            prefetch={false}
            aria-current={tab === 'counter' ? 'page' : undefined}
            className={TAB}
          >
            <Icon as={Package} size={18} />
            {t('nav.counter')}
            <LinkPending />
          </Link>
          {hasRole(user.role, 'supervisor') ? (
            <Link
              href="/admin/audit"
              prefetch={false}
              aria-current={tab === 'audit' ? 'page' : undefined}
              className={TAB}
            >
              <Icon as={History} size={18} />
              {t('nav.audit')}
              <LinkPending />
            </Link>
          ) : null}
        </nav>
        <div className="min-w-0 flex-1 lg:max-w-[640px]">
          <SearchBar
            action={searchAction}
            autoFocus={autoFocus}
            texts={{
              label: t('search.label'),
              placeholder: t('search.placeholder'),
              submit: t('search.submit'),
              pending: t('search.pending'),
              shortcut: t('search.shortcut'),
              shortcutOn: t('search.shortcutOn'),
              shortcutOff: t('search.shortcutOff'),
              form: texts,
            }}
          />
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h1>{title}</h1>
        {aside}
      </div>
      {children}
    </div>
  );
}

const TAB =
  'relative inline-flex min-h-target items-center gap-2 whitespace-nowrap rounded-sm px-3 text-ink-2 hover:bg-sunken ' +
  'hover:text-ink aria-[current]:font-bold aria-[current]:text-cinnabar';
