'use client';

import {
  type FormEvent,
  startTransition,
  useActionState,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import {
  type FieldErrors,
  type FieldValues,
  type Resolver,
  type UseFormReturn,
  useForm,
} from 'react-hook-form';
import type { ZodMiniType } from 'zod/mini';
import type { $ZodIssue, input } from 'zod/v4/core';
import { config } from 'zod/v4/core';
import { type FormAction, type FormError, type FormState, type FormTexts, NOTHING_SENT } from './form-state';
import { fieldsOf } from './open-form';

// The content policy forbids building code from text, which zod would otherwise try once per page.
config({ jitless: true });

type FormSchema = ZodMiniType<FieldValues, FieldValues>;
type FieldName<Schema extends FormSchema> = Extract<keyof input<Schema>, string>;

/**
 * One form, two doors: before JavaScript arrives it posts to `action` and the page comes back with the answer; after
 * that the same `schema` is checked here first and the action is called in place. Spread `formProps` on the form and
 * `field(name)` on its controls, whose ids are their names, and draw `<FormErrors>` above them.
 * - `field(name)`: a control that keeps its text after a refusal. `secret(name)`: one that is emptied instead.
 * - `pending`: from the press until the answer. `state`: the last answer.
 * - `methods`: react-hook-form's own, for `setValue` and `watch`.
 */
export function useServerForm<Schema extends FormSchema>({
  action,
  schema,
  texts,
}: {
  action: FormAction;
  schema: Schema;
  texts: FormTexts;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [state, send, pending] = useActionState(action, NOTHING_SENT);
  const [judge, setJudge] = useState<'server' | 'browser'>('server');
  const methods = useForm<FieldValues>({
    resolver: useResolver(schema, form),
    shouldFocusError: false,
    reValidateMode: 'onChange',
  });
  const secrets = useClearedSecrets(state, methods, form);
  const [summary, setSummary] = useSummary(state);

  const onSubmit = useCallback(
    (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      if (pending) return;
      const data = new FormData(event.currentTarget, submitterOf(event.nativeEvent));
      const check = methods.handleSubmit(
        () => {
          setJudge('server');
          startTransition(() => send(data));
        },
        (errors) => {
          setJudge('browser');
          setSummary(summarise(errors, texts));
        },
      );
      void check(event);
    },
    [methods, pending, send, setSummary, texts],
  );

  const errorOf = (name: string): string | undefined => {
    const code = methods.formState.errors[name]?.message;
    if (typeof code === 'string') return texts.errors[code] ?? code;
    return judge === 'server' ? state.errors.find((error) => error.field === name)?.message : undefined;
  };

  return {
    formProps: { ref: form, action: send, onSubmit, noValidate: true },
    field(name: FieldName<Schema>) {
      const { ref, onChange, onBlur } = methods.register(name);
      return { name, ref, onChange, onBlur, defaultValue: state.values[name], error: errorOf(name) };
    },
    secret(name: FieldName<Schema>) {
      secrets.current.add(name);
      const { ref, onChange, onBlur } = methods.register(name);
      return { name, ref, onChange, onBlur, error: errorOf(name) };
    },
    summary,
    pending,
    state,
    methods,
  };
}

/**
 * Judges what the form would send, as the server will: also controls that a widget added without registering them, and a box
 * that is not ticked as not there.
 */
function useResolver(
  schema: FormSchema,
  form: React.RefObject<HTMLFormElement | null>,
): Resolver<FieldValues> {
  return useCallback(
    (values) => {
      const judged = schema.safeParse(form.current ? fieldsOf(new FormData(form.current)) : values);
      return judged.success
        ? { values, errors: {} }
        : { values: {}, errors: firstPerField(judged.error.issues) };
    },
    [schema, form],
  );
}

/** In the order of the issues, which is the order of the form. */
function firstPerField(issues: readonly $ZodIssue[]): FieldErrors<FieldValues> {
  const errors: FieldErrors<FieldValues> = {};
  for (const { path, code, message } of issues) errors[String(path[0] ?? '')] ??= { type: code, message };
  return errors;
}

/** After a refusal no password stays in the page; after success nothing does. */
function useClearedSecrets(
  state: FormState,
  methods: UseFormReturn<FieldValues>,
  form: React.RefObject<HTMLFormElement | null>,
) {
  const secrets = useRef(new Set<string>());
  useEffect(() => {
    if (state.outcome === 'refused') for (const name of secrets.current) methods.setValue(name, '');
    if (state.outcome === 'done') {
      form.current?.reset();
      methods.reset();
    }
  }, [state, methods, form]);
  return secrets;
}

/** The errors above the form: the server's, or the browser's since then. A new array takes focus again. */
function useSummary(state: FormState) {
  const [own, setOwn] = useState<{ answer: string; errors: readonly FormError[] } | null>(null);
  const shown = own && own.answer === state.answer ? own.errors : state.errors;
  const summary = useMemo(
    () => shown.map(({ field, message }) => ({ ...(field ? { fieldId: field } : {}), message })),
    [shown],
  );
  const setSummary = useCallback(
    (errors: readonly FormError[]) => setOwn({ answer: state.answer, errors }),
    [state.answer],
  );
  return [summary, setSummary] as const;
}

function summarise(errors: FieldErrors<FieldValues>, texts: FormTexts): FormError[] {
  return Object.entries(errors).map(([field, error]) => {
    const code = typeof error?.message === 'string' ? error.message : '';
    return { field, message: texts.errors[code] ?? code };
  });
}

function submitterOf(event: Event): HTMLElement | null {
  return event instanceof SubmitEvent ? event.submitter : null;
}
