/** What a form's server action answers. It may be written into the page: it never holds a secret. */
export interface FormState {
  /** Differs with every answer, so that the same refusal twice is announced twice; empty before the first. */
  readonly answer: string;
  readonly outcome: 'none' | 'refused' | 'done';
  /** In the reader's language, in the order of the form. */
  readonly errors: readonly FormError[];
  /** What was typed into the fields that may be shown again. */
  readonly values: Readonly<Record<string, string>>;
  /** What was done, when the page stays. */
  readonly message: string | null;
}

export interface FormError {
  /** The field's name, which is also its element's id; left out when it concerns the whole form. */
  readonly field?: string;
  readonly message: string;
}

/** A form's server action, in the shape of React's `useActionState`. */
export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

export const NOTHING_SENT: FormState = { answer: '', outcome: 'none', errors: [], values: {}, message: null };

/** The words every form needs; made on the server by `formTexts`. */
export interface FormTexts {
  readonly summary: string;
  /** The summary's title when nothing in the form is to be corrected. */
  readonly refused: string;
  readonly titlePrefix: string;
  readonly showPassword: string;
  readonly hidePassword: string;
  /** Sentences by issue code, for what the browser can judge by itself. */
  readonly errors: Readonly<Record<string, string>>;
}
