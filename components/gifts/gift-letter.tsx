import type { ReactNode } from 'react';
import { AsWritten, Quoting } from '@/components/ui/as-written';
import type { GiftTheme } from '@/lib/gifts/model';
import { ThemeMotif } from './theme-motif';

/** What is in the envelope: the card, and the sender's words on paper. `to` and `from` are whole lines. */
export function GiftLetter({
  theme,
  to,
  from,
  message,
  card,
}: {
  theme: GiftTheme;
  to: string;
  from: string;
  message: string;
  card: ReactNode;
}) {
  return (
    <div className="relative overflow-hidden rounded-lg border border-line bg-surface px-5 pt-5 pb-6 shadow-panel">
      <ThemeMotif theme={theme} className="absolute -top-4 -right-4 size-32 opacity-25" />
      <p className="font-bold text-lg">
        <Quoting>{to}</Quoting>
      </p>
      {message ? (
        <p className="mt-2 whitespace-pre-line text-lg leading-relaxed">
          <AsWritten>{message}</AsWritten>
        </p>
      ) : null}
      <p className="mt-3 text-right text-ink-2">
        <Quoting>{from}</Quoting>
      </p>
      <div className="mt-5 flex justify-center">{card}</div>
    </div>
  );
}
