'use client';

import { ShieldCheck } from 'lucide-react';
import { lazy, startTransition, useCallback, useEffect, useRef, useState } from 'react';
import { FieldNotes } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { CAPTCHA_FIELDS } from '@/lib/captcha/schemas';
import { keepProof, type ProofKeeper, type ProofStatus } from './captcha-proof';
import type { CaptchaTexts } from './captcha-texts';

/**
 * The captcha of a form. With JavaScript a proof of work is made in the background and nothing is asked; digits to
 * read or hear are the other way. Without JavaScript the digits stand there at once.
 * - `token`: fresh digits, from `issueDrawnChallenge`, at every rendering of the page.
 * - `answer`: changes with every answer of the server; each answer uses the captcha up.
 * - `error`: what was wrong with it; `CAPTCHA_ID` is the element that an error summary leads to.
 */
export function CaptchaField({
  texts,
  token,
  answer,
  error,
}: {
  texts: CaptchaTexts;
  token: string;
  answer: string;
  error?: string | undefined;
}) {
  // A page that comes back with an error, and without its script, must still offer a way: so the digits are open then.
  const [drawn, setDrawn] = useState(error !== undefined);
  const [status, setStatus] = useState<ProofStatus>('idle');
  const openDigits = useCallback(() => {
    loadDigits().then(
      () => startTransition(() => setDrawn(true)),
      () => setStatus('failed'),
    );
  }, []);
  const show = useCallback(
    (next: ProofStatus) => {
      setStatus(next);
      if (next === 'failed') openDigits();
    },
    [openDigits],
  );
  const proof = useProof({ answer, drawn, show });
  const field = useRef<HTMLFieldSetElement>(null);
  const [first] = useState({ answer, at: Date.now() });
  const isStale = () => answer !== first.answer || Date.now() - first.at > TOKEN_GOOD_FOR_MS;

  return (
    <fieldset ref={field} id={CAPTCHA_ID} tabIndex={-1} className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 font-bold">{texts.label}</legend>
      <input ref={proof.field} type="hidden" name={CAPTCHA_FIELDS.proof} />
      {drawn ? (
        <CaptchaDigits key={answer} token={token} texts={texts} isStale={isStale} error={error} />
      ) : (
        <ProofRow status={status} texts={texts} />
      )}
      {status === 'failed' ? (
        <p role="status" className="text-sm">
          {texts.failed}
        </p>
      ) : null}
      {drawn ? null : <FieldNotes id={CAPTCHA_ID} error={error} />}
      <button
        type="button"
        onClick={() => {
          if (drawn && status === 'failed') proof.renew();
          if (drawn) setDrawn(false);
          else openDigits();
          // What comes instead stands above this button: the next Tab leads into it.
          field.current?.focus();
        }}
        className="noscript:hidden link inline-flex min-h-target items-center self-start text-sm"
      >
        {drawn ? texts.backToProof : texts.otherWay}
      </button>
      {drawn ? null : (
        <noscript>
          <CaptchaDigitsWithoutScript token={token} texts={texts} error={error} />
        </noscript>
      )}
    </fieldset>
  );
}

/**
 * The digits are for a few, so their code comes when they are asked for. There is no `Suspense` around them: what a page
 * without its script would get in place of a fallback is a fallback for good.
 */
const loadDigits = () => import('./captcha-digits');
const CaptchaDigits = lazy(async () => ({ default: (await loadDigits()).CaptchaDigits }));
const CaptchaDigitsWithoutScript = lazy(async () => ({
  default: (await loadDigits()).CaptchaDigitsWithoutScript,
}));

/** Digits are valid for five minutes; they are replaced earlier, so that there is time left to read and type them. */
const TOKEN_GOOD_FOR_MS = 2 * 60 * 1_000;

/** The element that holds the whole captcha. */
export const CAPTCHA_ID = 'captcha';

function ProofRow({ status, texts }: { status: ProofStatus; texts: CaptchaTexts }) {
  return (
    <div className="noscript:hidden flex min-h-control items-center gap-3 rounded-md border-[1.5px] border-line bg-surface px-3.5 py-2">
      <Icon as={ShieldCheck} className={status === 'passed' ? 'text-jade' : 'text-ink-2'} />
      <span className="min-w-0 flex-1">
        {texts.notRobot} <span className="text-ink-2 text-sm">{texts.notRobotDetail}</span>
      </span>
      {/* Its place is kept: a row that grew at a finger's first touch would move the next control from under it. */}
      <span className="grid shrink-0 text-sm *:col-start-1 *:row-start-1">
        <span aria-hidden="true" className="invisible">
          {texts.working}
        </span>
        <span role="status" className={status === 'passed' ? 'text-jade' : 'text-ink-2'}>
          {status === 'passed' ? texts.passed : status === 'working' ? texts.working : null}
        </span>
      </span>
    </div>
  );
}

/** The proof in its hidden field, made anew after each answer of the server. */
function useProof({
  answer,
  drawn,
  show,
}: {
  answer: string;
  drawn: boolean;
  show: (status: ProofStatus) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const keeper = useRef<ProofKeeper>(null);
  const wantsDigits = useRef(drawn);
  const lastAnswer = useRef(answer);

  useEffect(() => {
    wantsDigits.current = drawn;
  }, [drawn]);

  useEffect(() => {
    if (!field.current) return;
    const kept = keepProof(field.current, { show, needed: () => !wantsDigits.current });
    keeper.current = kept;
    return () => kept.detach();
  }, [show]);

  useEffect(() => {
    if (lastAnswer.current === answer) return;
    lastAnswer.current = answer;
    keeper.current?.renew();
  }, [answer]);

  return { field, renew: () => keeper.current?.renew() };
}
