import { getTranslations } from 'next-intl/server';

/** The words of the bind form, in the reader's language. */
export interface BindTexts {
  readonly number: string;
  readonly numberHint: string;
  readonly checkHint: string;
  readonly password: string;
  readonly passwordHint: string;
  readonly parted: string;
  readonly steps: string;
  readonly goOn: string;
  readonly submit: string;
  readonly pending: string;
}

/** Made on the server and handed to the client component. */
export async function bindTexts(): Promise<BindTexts> {
  const [t, hints] = await Promise.all([getTranslations('wallet.bind'), getTranslations('cards.hints')]);
  return {
    number: t('number'),
    numberHint: t('numberHint'),
    checkHint: hints('mistyped'),
    password: t('password'),
    passwordHint: t('passwordHint'),
    parted: t('parted'),
    steps: t('steps'),
    goOn: t('goOn'),
    submit: t('submit'),
    pending: t('pending'),
  };
}
