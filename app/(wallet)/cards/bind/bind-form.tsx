'use client';

import { useState } from 'react';
import { CAPTCHA_ID, CaptchaField } from '@/components/forms/captcha-field';
import type { CaptchaTexts } from '@/components/forms/captcha-texts';
import { FormErrors } from '@/components/forms/form-errors';
import type { FormTexts } from '@/components/forms/form-state';
import { useServerForm } from '@/components/forms/use-server-form';
import { PasswordField } from '@/components/ui/password-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { CAPTCHA_FIELDS } from '@/lib/captcha/schemas';
import { bindFormSchema, type PastedCard } from '@/lib/cards/schemas';
import { bindAction } from './actions';
import type { BindTexts } from './bind-texts';
import { groupDigits } from './group-digits';
import { NumberField } from './number-field';

/** Number, password, captcha. After a refusal the number stays and the password is gone. */
export function BindForm({
  texts,
  captcha,
}: {
  texts: { bind: BindTexts; form: FormTexts };
  captcha: { texts: CaptchaTexts; token: string };
}) {
  const form = useServerForm({ action: bindAction, schema: bindFormSchema, texts: texts.form });
  const [news, setNews] = useState('');
  const captchaError = form.state.errors.find(({ field }) => field && CAPTCHA_ERRORS.has(field));

  const fillIn = ({ number, password }: PastedCard) => {
    const grouped = groupDigits({ value: number, caret: number.length }, { before: '', deletion: null });
    form.methods.setValue('number', grouped.value, { shouldValidate: true });
    form.methods.setValue('password', password, { shouldValidate: true });
    setNews(texts.bind.parted);
  };

  return (
    <form {...form.formProps} className="flex flex-col gap-5">
      <FormErrors form={form} texts={texts.form} />
      <NumberField
        {...form.field('number')}
        label={texts.bind.number}
        hint={texts.bind.numberHint}
        checkHint={texts.bind.checkHint}
        onPasteCard={fillIn}
        required
      />
      <PasswordField
        {...form.secret('password')}
        label={texts.bind.password}
        hint={texts.bind.passwordHint}
        showLabel={texts.form.showPassword}
        hideLabel={texts.form.hidePassword}
        figures
        autoComplete="off"
        required
      />
      <p role="status" className="text-jade text-sm empty:hidden">
        {news}
      </p>
      <CaptchaField
        texts={captcha.texts}
        token={captcha.token}
        answer={form.state.answer}
        error={captchaError?.message}
      />
      <SubmitButton pending={form.pending} pendingLabel={texts.bind.pending}>
        {texts.bind.submit}
      </SubmitButton>
    </form>
  );
}

const CAPTCHA_ERRORS: ReadonlySet<string> = new Set([CAPTCHA_ID, CAPTCHA_FIELDS.digits]);
