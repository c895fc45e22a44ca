'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { SubmitButton } from '@/components/ui/submit-button';

/**
 * The envelope: pressed, it opens, the card comes out and the letter appears below. Without JavaScript the press is a form that
 * the page answers opened. Nothing but the press opens it.
 * - `envelope`: its back, and its front with the flap; `card` comes out between them.
 */
export function GiftStage({
  opened,
  open,
  token,
  labels,
  envelope,
  card,
  children,
}: {
  opened: boolean;
  open: (form: FormData) => Promise<void>;
  token: string;
  labels: { readonly open: string; readonly opening: string };
  envelope: { readonly back: ReactNode; readonly front: ReactNode; readonly flap: ReactNode };
  card: ReactNode;
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(opened);
  const letter = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);

  useEffect(() => {
    if (isOpen && pressed.current) letter.current?.focus();
  }, [isOpen]);

  return (
    <>
      <div className="envelope" data-open={isOpen || undefined} data-still={opened || undefined}>
        {envelope.back}
        <div className="envelope-flap">{envelope.flap}</div>
        <div className="envelope-card" inert={!isOpen}>
          {card}
        </div>
        {envelope.front}
        <form
          action={open}
          hidden={isOpen}
          className="envelope-seal"
          onSubmit={(event) => {
            event.preventDefault();
            pressed.current = true;
            setOpen(true);
            // That it was opened is for the sender to know: the letter does not wait for it, nor is it lost with the network.
            open(new FormData(event.currentTarget)).catch(() => {});
          }}
        >
          <input type="hidden" name="token" value={token} />
          <SubmitButton pendingLabel={labels.opening}>{labels.open}</SubmitButton>
        </form>
      </div>
      <div
        ref={letter}
        tabIndex={-1}
        hidden={!isOpen}
        data-still={opened || undefined}
        className="envelope-letter flex flex-col gap-4 outline-none"
      >
        {children}
      </div>
    </>
  );
}
