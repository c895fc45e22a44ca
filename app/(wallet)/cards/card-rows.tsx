import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Amount } from '@/components/money/amount';
import { Icon } from '@/components/ui/icon';
import { LinkPending } from '@/components/ui/link-pending';
import { List } from '@/components/ui/panel';
import type { WalletCard } from '@/lib/cards';
import { StatusPill, useStatusWords } from './status-line';
import { CardTitle, WalletCardFace } from './wallet-card-face';

/** Cards as rows: what is left, and what one should know. */
export function CardRows({ title, cards }: { title: string; cards: readonly WalletCard[] }) {
  return (
    <section className="flex flex-col gap-2">
      <h2>{title}</h2>
      <List>
        {cards.map((card) => (
          <CardRow key={card.id} card={card} />
        ))}
      </List>
    </section>
  );
}

export function CardRow({ card }: { card: WalletCard }) {
  const words = useStatusWords(card);
  return (
    <li>
      <Link
        href={`/cards/${card.id}`}
        className="relative -mx-4 flex items-start gap-3 rounded-md px-4 py-3.5 hover:bg-sunken/60"
      >
        <span className="pt-1 simple:hidden">
          <WalletCardFace card={card} size="sm" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="font-bold">
              <CardTitle card={card} />
            </span>
            <Amount minor={card.balanceMinor + card.dormantMinor} currency={card.currency} />
          </span>
          <span className="mt-0.5 block">
            <StatusPill status={card.status} />
          </span>
          <span className="mt-1 block text-ink-2 text-sm">{words}</span>
        </span>
        <Icon as={ChevronRight} size={18} className="mt-1 text-ink-2" />
        <LinkPending />
      </Link>
    </li>
  );
}
