import { ReceiptText, Store, UserRound, WalletCards } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';
import { NavLink } from './nav-link';

/** The phone's navigation at the thumb; gives way to a page's own `ActionBar`. From 960 px the header has it. */
export function TabBar({ signedIn }: { signedIn: boolean }) {
  const t = useTranslations('common');
  return (
    <nav
      aria-label={t('nav.tabs')}
      className="tab-bar fixed inset-x-0 bottom-0 z-30 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <div className="mx-auto grid max-w-[560px] grid-cols-4">
        <NavLink href="/shop" className={TAB}>
          <Icon as={Store} size={24} />
          {t('nav.shop')}
        </NavLink>
        <NavLink href="/cards" className={TAB}>
          <Icon as={WalletCards} size={24} />
          {t('nav.cardsShort')}
        </NavLink>
        <NavLink href="/orders" className={TAB}>
          <Icon as={ReceiptText} size={24} />
          {t('nav.orders')}
        </NavLink>
        {signedIn ? (
          <NavLink href="/account" className={TAB}>
            <Icon as={UserRound} size={24} />
            {t('nav.account')}
          </NavLink>
        ) : (
          <NavLink href="/sign-in" className={TAB}>
            <Icon as={UserRound} size={24} />
            {t('nav.signIn')}
          </NavLink>
        )}
      </div>
    </nav>
  );
}

const TAB =
  'relative flex min-h-bar flex-col items-center justify-center gap-0.5 px-1 text-ink-2 text-xs whitespace-nowrap ' +
  'aria-[current]:font-bold aria-[current]:text-cinnabar';
