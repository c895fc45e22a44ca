'use client';

import { RefreshCw, Volume2 } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Skeleton } from '@/components/ui/skeleton';
import { TextField } from '@/components/ui/text-field';
import { CAPTCHA_FIELDS } from '@/lib/captcha/schemas';
import type { CaptchaTexts } from './captcha-texts';

/**
 * Digits to read or to hear, and the field for them.
 * - `token`: the digits the page came with.
 * - `isStale`: asked once; `true` when those were answered meanwhile, or may run out: then others are fetched.
 */
export function CaptchaDigits({
  token: firstToken,
  texts,
  isStale,
  error,
}: {
  token: string;
  texts: CaptchaTexts;
  isStale: () => boolean;
  error?: string | undefined;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [stale] = useState(isStale);
  const [token, setToken] = useState(stale ? null : firstToken);
  const [news, setNews] = useState('');
  const voice = useVoice(token, texts);

  const renew = useCallback(
    async (tell: string) => {
      setNews('');
      const next = await fetchToken();
      if (next) setToken(next);
      if (input.current) input.current.value = '';
      setNews(next ? tell : texts.loadFailed);
    },
    [texts.loadFailed],
  );

  useEffect(() => {
    if (stale) void renew('');
  }, [stale, renew]);

  return (
    <div className="flex flex-col gap-3">
      {token ? <Picture token={token} texts={texts} /> : <PictureToCome />}
      <noscript>
        <ControlsWithoutScript token={firstToken} texts={texts} />
      </noscript>
      <div className="noscript:hidden flex flex-wrap gap-2">
        <Button size="md" icon={<Icon as={Volume2} size={18} />} onClick={voice.play}>
          {voice.playing ? texts.listening : texts.listen}
        </Button>
        <Button size="md" icon={<Icon as={RefreshCw} size={18} />} onClick={() => renew(texts.renewed)}>
          {texts.renew}
        </Button>
      </div>
      <p role="status" className={news === texts.loadFailed ? 'text-sm' : 'sr-only'}>
        {news}
      </p>
      <DigitsInput ref={input} token={token ?? ''} texts={texts} error={error} />
    </div>
  );
}

/** The same without JavaScript; stands in a `noscript`. */
export function CaptchaDigitsWithoutScript({
  token,
  texts,
  error,
}: {
  token: string;
  texts: CaptchaTexts;
  error?: string | undefined;
}) {
  return (
    <div className="flex flex-col gap-3">
      <Picture token={token} texts={texts} />
      <ControlsWithoutScript token={token} texts={texts} />
      <DigitsInput token={token} texts={texts} error={error} />
    </div>
  );
}

/** The browser's own player, and a button that asks the server for other digits. */
function ControlsWithoutScript({ token, texts }: { token: string; texts: CaptchaTexts }) {
  return (
    <>
      {/* Enter presses a form's first submit button: that must not be the one for other digits. */}
      <button type="submit" tabIndex={-1} aria-hidden="true" className="sr-only" />
      {/* biome-ignore lint/a11y/useMediaCaption: captions would give the answer away; the picture is the other way */}
      <audio
        controls
        preload="none"
        src={voiceOf(token, texts)}
        aria-label={texts.listen}
        className="w-full max-w-[320px]"
      />
      <button
        type="submit"
        name={CAPTCHA_FIELDS.renew}
        value="1"
        formNoValidate
        className="link inline-flex min-h-target items-center self-start"
      >
        {texts.renew}
      </button>
    </>
  );
}

function PictureToCome() {
  return <Skeleton className="aspect-[320/112] w-full max-w-[320px] rounded-md" />;
}

function Picture({ token, texts }: { token: string; texts: CaptchaTexts }) {
  return (
    // biome-ignore lint/performance/noImgElement: drawn for this one reader, so there is nothing to resize or cache
    <img
      key={token}
      src={`/api/captcha/drawn/${token}/picture`}
      alt={texts.picture}
      width={320}
      height={112}
      className="h-auto w-full max-w-[320px] rounded-md border border-line"
    />
  );
}

function DigitsInput({
  ref,
  token,
  texts,
  error,
}: {
  ref?: React.Ref<HTMLInputElement>;
  token: string;
  texts: CaptchaTexts;
  error?: string | undefined;
}) {
  return (
    <>
      <input type="hidden" name={CAPTCHA_FIELDS.drawn} value={token} />
      <TextField
        ref={ref}
        name={CAPTCHA_FIELDS.digits}
        label={texts.digits}
        hint={texts.digitsHint}
        error={error}
        figures
        inputMode="numeric"
        autoComplete="off"
      />
    </>
  );
}

function voiceOf(token: string, texts: CaptchaTexts): string {
  return `/api/captcha/drawn/${token}/voice?locale=${texts.locale}`;
}

/** Plays the digits of `token` from the start; a new token, or leaving the page, ends it. */
function useVoice(token: string | null, texts: CaptchaTexts) {
  const [playing, setPlaying] = useState(false);
  const audio = useRef<HTMLAudioElement | null>(null);

  const stop = useCallback(() => {
    audio.current?.pause();
    audio.current = null;
    setPlaying(false);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other digits end the voice of the old ones
  useEffect(() => stop, [token, stop]);

  const play = () => {
    stop();
    if (!token) return;
    const sound = new Audio(voiceOf(token, texts));
    audio.current = sound;
    setPlaying(true);
    sound.onended = stop;
    sound.onerror = stop;
    sound.play().catch(stop);
  };
  return { playing, play };
}

async function fetchToken(): Promise<string | null> {
  try {
    const response = await fetch('/api/captcha/drawn', { cache: 'no-store' });
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string'
      ? body.token
      : null;
  } catch {
    return null;
  }
}
