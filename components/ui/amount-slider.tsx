'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { formatMoney, parseMoney } from '@/lib/kernel/money';
import { CONTROL_FRAME, CONTROL_INNER, describedBy, FieldNotes } from './field';

/**
 * An amount between 0 and `maxMinor`, by slider or by typing; both always show the same (余额拆分). Posts the typed text
 * under `name` ("286.50"), which `parseMoney` reads; without JavaScript the text field alone does the work.
 * - `onChange` gets fen as a decimal string, or `null` while the text is no amount within the limits.
 * - `defaultMinor`: what it starts with. When the server comes to another amount later, that is shown, unless the reader is
 *   at it: what somebody types is never changed under their hands.
 * - `mistyped`: text to start with that was sent and is no amount.
 * - `invalidText`: shown while it is not ("0 到 286.50 之间").
 */
export function AmountSlider({
  label,
  sliderLabel,
  name,
  maxMinor,
  defaultMinor,
  mistyped,
  hint,
  invalidText,
  onChange,
}: {
  label: ReactNode;
  /** Names the slider for those who do not see it ("用滑块调整福运卡金额"). */
  sliderLabel: string;
  name: string;
  /** Fen as a decimal string. */
  maxMinor: string;
  defaultMinor: string;
  mistyped?: string | undefined;
  hint?: ReactNode;
  invalidText: string;
  onChange?: (minor: string | null) => void;
}) {
  const id = useId();
  const max = BigInt(maxMinor);
  const frame = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(mistyped ?? plain(BigInt(defaultMinor)));
  const typed = parseMoney(text);
  const valid = typed !== null && typed <= max;
  const shown = valid ? typed : BigInt(defaultMinor);

  useEffect(() => {
    if (!frame.current?.contains(document.activeElement)) setText(mistyped ?? plain(BigInt(defaultMinor)));
  }, [defaultMinor, mistyped]);

  function change(next: string) {
    setText(next);
    const minor = parseMoney(next);
    onChange?.(minor !== null && minor <= max ? minor.toString() : null);
  }

  return (
    <div ref={frame} className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <label htmlFor={id} className="min-w-0 flex-1 font-bold">
          {label}
        </label>
        <span className={`${CONTROL_FRAME} max-w-[180px] simple:max-w-none`}>
          <span className="pl-3.5 text-ink-2">¥</span>
          <input
            id={id}
            name={name}
            value={text}
            onChange={(event) => change(event.target.value)}
            onBlur={() => valid && setText(plain(shown))}
            inputMode="decimal"
            autoComplete="off"
            aria-invalid={!valid || undefined}
            aria-describedby={describedBy(id, { hint, error: !valid })}
            className={`${CONTROL_INNER} text-right text-lg tabular-nums`}
          />
        </span>
      </div>
      <input
        type="range"
        aria-label={sliderLabel}
        aria-valuetext={formatMoney(shown)}
        min="0"
        max={maxMinor}
        step="1"
        value={shown.toString()}
        onChange={(event) => change(plain(BigInt(event.target.value)))}
        className="amount-slider h-target w-full accent-cinnabar"
      />
      <FieldNotes id={id} hint={hint} error={valid ? undefined : invalidText} />
    </div>
  );
}

function plain(minor: bigint): string {
  return formatMoney(minor).replace(/[¥,]/g, '');
}
