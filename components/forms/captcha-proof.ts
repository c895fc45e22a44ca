export type ProofStatus = 'idle' | 'working' | 'passed' | 'failed';

export interface ProofKeeper {
  /** Makes a new proof: the last one travelled with a form that was answered, or failed. */
  renew(): void;
  detach(): void;
}

/** Shorter than the server's ten minutes: an older proof is made anew before its form is sent. */
const GOOD_FOR_MS = 9 * 60 * 1_000;

const TOUCHES = ['focusin', 'pointerdown', 'input'] as const;

/**
 * Keeps a proof of work in a hidden field: made from the first touch of its form on, and a submit waits until it is
 * there. When no proof can be made the submit is let through no more; `show('failed')` has the form ask otherwise.
 * - `needed`: asked at each submit; `false` while the person gives digits instead.
 */
export function keepProof(
  field: HTMLInputElement,
  { show, needed }: { show: (status: ProofStatus) => void; needed: () => boolean },
): ProofKeeper {
  const form = field.form;
  let status: ProofStatus = 'idle';
  let madeAt = 0;
  let stop = new AbortController();
  let waiting: { submitter: HTMLElement | null } | null = null;

  const settle = (next: ProofStatus, proof = '') => {
    status = next;
    madeAt = performance.now();
    field.value = proof;
    show(next);
    const held = waiting;
    if (next === 'working') return;
    waiting = null;
    if (held && next === 'passed') form?.requestSubmit(held.submitter);
  };

  const renew = () => {
    stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    settle('working');
    import('./captcha-solver')
      .then(({ solveCaptcha }) => solveCaptcha(signal))
      .then(
        (proof) => signal.aborted || settle('passed', proof),
        () => signal.aborted || settle('failed'),
      );
  };

  const onTouch = () => {
    if (status === 'idle') renew();
  };

  const onSubmit = (event: SubmitEvent) => {
    const good = status === 'passed' && performance.now() - madeAt < GOOD_FOR_MS;
    // What is not filled in yet needs no proof: the form says so at once.
    if (good || !needed() || !form?.checkValidity()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = { submitter: event.submitter };
    if (status !== 'working') renew();
  };

  for (const touch of TOUCHES) form?.addEventListener(touch, onTouch);
  form?.addEventListener('submit', onSubmit);
  return {
    renew,
    detach() {
      stop.abort();
      for (const touch of TOUCHES) form?.removeEventListener(touch, onTouch);
      form?.removeEventListener('submit', onSubmit);
    },
  };
}
