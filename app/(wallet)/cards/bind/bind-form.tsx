'use client';

import { useEffect, useState } from 'react';
import { CAPTCHA_ID, CaptchaField } from '@/components/forms/captcha-field';
import type { CaptchaTexts } from '@/components/forms/captcha-texts';
import { FormErrors } from '@/components/forms/form-errors';
import type { FormTexts } from '@/components/forms/form-state';
import type { Step } from '@/components/forms/one-by-one';
import { Steps } from '@/components/forms/steps';
import { useServerForm } from '@/components/forms/use-server-form';
import { PasswordField } from '@/components/ui/password-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { CAPTCHA_FIELDS } from '@/lib/captcha/schemas';
import { bindFormSchema, type PastedCard } from '@/lib/cards/schemas';
import { bindAction } from './actions';
import type { BindTexts } from './bind-texts';
import { groupDigits } from './group-digits';
import { NumberField } from './number-field';

interface BindWords {
  texts: { bind: BindTexts; form: FormTexts };
  captcha: { texts: CaptchaTexts; token: string };
}

/** Number, password, captcha. After a refusal the number stays and the password is gone. */
export function BindForm({
  next,
  stepwise,
  ...words
}: BindWords & {
  /** Where the shopper came from and wants to go on. */
  next: string | null;
  /** One question at a time (简洁模式). */
  stepwise: boolean;
}) {
  const { bind, form: formWords } = words.texts;
  const form = useServerForm({ action: bindAction, schema: bindFormSchema, texts: formWords });
  const [news, setNews] = useState('');

  const fillIn = ({ number, password }: PastedCard) => {
    const grouped = groupDigits({ value: number, caret: number.length }, { before: '', deletion: null });
    form.methods.setValue('number', grouped.value, { shouldValidate: true });
    form.methods.setValue('password', password, { shouldValidate: true });
    setNews(bind.parted);
  };

  const { setValue } = form.methods;
  // A card's QR leads here with its number behind `#`, which no server sees and which does not stay in the address.
  useEffect(() => {
    const number = /^#n=(\d{8,19})$/.exec(location.hash)?.[1];
    if (number === undefined) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    const grouped = groupDigits({ value: number, caret: number.length }, { before: '', deletion: null });
    setValue('number', grouped.value, { shouldValidate: true });
  }, [setValue]);

  return (
    <form {...form.formProps} className="flex flex-col gap-5">
      <FormErrors form={form} texts={formWords} />
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <p role="status" className="text-jade text-sm empty:hidden">
        {news}
      </p>
      <Steps stepwise={stepwise} steps={questionsOf(form, words, fillIn)} errors={form.summary} texts={bind}>
        <SubmitButton pending={form.pending} pendingLabel={bind.pending}>
          {bind.submit}
        </SubmitButton>
      </Steps>
    </form>
  );
}

function questionsOf(
  form: ReturnType<typeof useServerForm<typeof bindFormSchema>>,
  { texts, captcha }: BindWords,
  onPasteCard: (card: PastedCard) => void,
): Step[] {
  const { bind, form: formWords } = texts;
  const number = (
    <NumberField
      {...form.field('number')}
      label={bind.number}
      hint={bind.numberHint}
      checkHint={bind.checkHint}
      onPasteCard={onPasteCard}
      required
    />
  );
  const password = (
    <PasswordField
      {...form.secret('password')}
      label={bind.password}
      hint={bind.passwordHint}
      showLabel={formWords.showPassword}
      hideLabel={formWords.hidePassword}
      figures
      autoComplete="off"
      required
    />
  );
  const error = form.state.errors.find(({ field }) => field && CAPTCHA_ERRORS.includes(field))?.message;
  const proof = <CaptchaField {...captcha} answer={form.state.answer} error={error} />;
  const isGood = (name: 'number' | 'password') => () => form.methods.trigger(name);
  return [
    { name: bind.number, fields: ['number'], question: number, check: isGood('number') },
    { name: bind.password, fields: ['password'], question: password, check: isGood('password') },
    { name: captcha.texts.label, fields: CAPTCHA_ERRORS, question: proof },
  ];
}

const CAPTCHA_ERRORS: readonly string[] = [CAPTCHA_ID, CAPTCHA_FIELDS.digits];
