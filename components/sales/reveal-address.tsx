'use client';

import { useActionState } from 'react';
import { AsWritten } from '@/components/ui/as-written';
import { buttonClasses } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';

export type AddressShown = { readonly lines: readonly string[] | null; readonly message: string } | null;

/** A masked address and the button that shows it whole: an act that is written down, so it is asked for by a form. */
export function RevealAddress({
  action,
  shipmentId,
  masked,
  texts,
}: {
  action: (state: AddressShown, form: FormData) => Promise<AddressShown>;
  shipmentId: string;
  masked: string;
  texts: Readonly<Record<'show' | 'showing', string>>;
}) {
  const [shown, show, pending] = useActionState(action, null);
  if (shown?.lines) {
    return (
      <span role="status" className="flex flex-col">
        {shown.lines.map((line) => (
          <b key={line}>
            <AsWritten>{line}</AsWritten>
          </b>
        ))}
        <span className="text-ink-2 text-xs">{shown.message}</span>
      </span>
    );
  }
  return (
    <form action={show} className="flex min-w-60 flex-col items-start">
      <input type="hidden" name="shipmentId" value={shipmentId} />
      <AsWritten>{masked}</AsWritten>
      <button
        type="submit"
        aria-disabled={pending || undefined}
        onClick={(event) => pending && event.preventDefault()}
        className={classNames(buttonClasses({ look: 'quiet', size: 'md' }), '-ml-4 whitespace-nowrap')}
      >
        {pending ? texts.showing : texts.show}
      </button>
      {shown ? (
        <span role="status" className="text-sm">
          {shown.message}
        </span>
      ) : null}
    </form>
  );
}
