'use client';

import { usePathname, useRouter } from 'next/navigation';
import {
  createContext,
  type FormEvent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useTransition,
} from 'react';

interface Live {
  /** Something was changed that the page does not show yet. */
  readonly pending: boolean;
  readonly go: (search: string, delayMs: number) => void;
}

const LiveContext = createContext<Live>({ pending: false, go: () => undefined });

/**
 * A part of a page that follows a form in its address. Without scripts the form is sent with its button and the page comes
 * anew; with them the server draws the page again while the form is filled in. The browser itself computes nothing.
 */
export function LiveAddress({ children }: { children: ReactNode }) {
  const router = useRouter();
  const path = usePathname();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [waiting, setWaiting] = useState(false);
  const [loading, startLoading] = useTransition();

  useEffect(() => () => clearTimeout(timer.current), []);

  const go = useCallback(
    (search: string, delayMs: number) => {
      clearTimeout(timer.current);
      setWaiting(true);
      timer.current = setTimeout(() => {
        startLoading(() => {
          setWaiting(false);
          // The same page with other parameters: its address exists.
          router.replace(`${path}?${search}` as Parameters<typeof router.replace>[0], { scroll: false });
        });
      }, delayMs);
    },
    [router, path],
  );

  const pending = waiting || loading;
  const live = useMemo(() => ({ pending, go }), [pending, go]);
  return (
    <LiveContext value={live}>
      <div className="group/live contents" data-pending={pending || undefined}>
        {children}
      </div>
    </LiveContext>
  );
}

/** A GET form inside `LiveAddress`. Its first button, unseen, is what Enter presses. */
export function LiveForm({ label, children }: { label: string; children: ReactNode }) {
  const { go } = useContext(LiveContext);
  const path = usePathname();

  function follow(event: FormEvent<HTMLFormElement>) {
    if (event.currentTarget.querySelector('[aria-invalid=true]')) return;
    go(searchOf(new FormData(event.currentTarget)), TYPING_MS);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { nativeEvent, currentTarget } = event;
    const pressed = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
    go(searchOf(new FormData(currentTarget, pressed)), 0);
  }

  return (
    <form action={path} aria-label={label} onChange={follow} onSubmit={submit}>
      <button type="submit" tabIndex={-1} aria-hidden="true" className="sr-only" />
      {children}
    </form>
  );
}

/** Whether the page lags behind its form: nothing may be confirmed that is not shown. */
export function useLivePending(): boolean {
  return useContext(LiveContext).pending;
}

const TYPING_MS = 180;

function searchOf(form: FormData): string {
  const search = new URLSearchParams();
  for (const [name, value] of form) if (typeof value === 'string') search.append(name, value);
  return search.toString();
}
