'use client';

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { buttonClasses } from '@/components/ui/button';

/** One question of a form. `fields`: the ids of its controls. */
export interface Step {
  readonly name: string;
  readonly fields: readonly string[];
  readonly question: ReactNode;
  /** Whether what is typed is good enough to go on; asked where scripts run. */
  readonly check?: () => Promise<boolean>;
}

export interface StepsProps {
  readonly steps: readonly Step[];
  /** Those of the form's summary: the question of the first one is shown. */
  readonly errors: readonly { readonly fieldId?: string }[];
  readonly texts: { readonly steps: string; readonly goOn: string };
  /** What stands below the last question: the button that sends. */
  readonly children: ReactNode;
}

/** One question at a time, each chosen by a radio button. */
export function OneByOne({ steps, errors, texts, children }: StepsProps) {
  const { box, step, show, goOn } = useStep(steps, errors);
  const last = steps.length - 1;

  const takeEnter = (event: KeyboardEvent) => {
    const inField = event.target instanceof HTMLInputElement && event.target.type !== 'radio';
    if (event.key !== 'Enter' || !inField || step === last) return;
    event.preventDefault();
    void goOn();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in a field of it goes on, as a form's own button would
    <div ref={box} className="steps flex flex-col gap-5" onKeyDown={takeEnter}>
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">{texts.steps}</legend>
        {steps.map(({ name }, index) => (
          <label key={name} className={MARK}>
            <input
              type="radio"
              name="step"
              id={stepId(index)}
              value={index + 1}
              checked={index === step}
              onChange={() => show(index)}
              className="size-5 shrink-0 accent-cinnabar simple:size-7"
            />
            {name}
          </label>
        ))}
      </fieldset>
      {steps.map(({ name, question }, index) => (
        <div key={name} data-step={index + 1} className="step flex-col gap-5">
          {question}
          {index === last ? children : <GoOn to={index + 1} words={texts.goOn} onPress={goOn} />}
        </div>
      ))}
    </div>
  );
}

/** A button where scripts run, and else the label of the next question's radio button. */
function GoOn({ to, words, onPress }: { to: number; words: string; onPress: () => void }) {
  const look = buttonClasses({ look: 'primary', block: true });
  return (
    <>
      <button type="button" onClick={onPress} className={`${look} noscript:hidden`}>
        {words}
      </button>
      <noscript>
        <label htmlFor={stepId(to)} className={look}>
          {words}
        </label>
      </noscript>
    </>
  );
}

/** Which question is shown. Going on to one gives it focus; choosing it by its radio button does not take focus away. */
function useStep(steps: readonly Step[], errors: StepsProps['errors']) {
  const box = useRef<HTMLDivElement>(null);
  const [state, setState] = useState({ step: stepOf(steps, errors), entered: 0, errors });
  // An answer, the server's or the browser's, leads to the question that it concerns.
  if (state.errors !== errors)
    setState({ ...state, errors, step: errors.length > 0 ? stepOf(steps, errors) : state.step });
  const { step, entered } = state;

  useEffect(() => {
    if (entered === 0) return;
    const shown = [...(box.current?.querySelectorAll<HTMLElement>('.step :is(input, button)') ?? [])];
    shown.find((control) => control.offsetParent !== null)?.focus();
  }, [entered]);

  const show = (next: number) => setState((before) => ({ ...before, step: next }));
  const goOn = async () => {
    const good = await (steps[step]?.check?.() ?? true);
    if (good) setState((before) => ({ ...before, step: step + 1, entered: before.entered + 1 }));
  };
  return { box, step, show, goOn };
}

function stepOf(steps: readonly Step[], errors: StepsProps['errors']): number {
  const concerned = ({ fields }: Step) => errors.some(({ fieldId }) => fieldId && fields.includes(fieldId));
  return Math.max(steps.findIndex(concerned), 0);
}

function stepId(index: number): string {
  return `step-${index + 1}`;
}

const MARK =
  'inline-flex min-h-target cursor-pointer items-center gap-2 rounded-md border-[1.5px] border-line px-3 ' +
  'has-[:checked]:border-cinnabar has-[:checked]:bg-cinnabar-wash has-[:checked]:font-bold';
