import { SlidersHorizontal } from 'lucide-react';
import { buttonClasses } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';

/** Opens the header's display settings from the account page, without a script. */
export function DisplayRow({ title, detail, open }: { title: string; detail: string; open: string }) {
  return (
    <li className="flex min-h-control items-center gap-3 py-2.5">
      <Icon as={SlidersHorizontal} />
      <span className="min-w-0 flex-1">
        <span className="block font-bold">{title}</span>
        <span className="block text-ink-2 text-sm">{detail}</span>
      </span>
      <button type="button" popoverTarget="display-settings" className={buttonClasses({ size: 'md' })}>
        {open}
        <span className="sr-only">{title}</span>
      </button>
    </li>
  );
}
