import { getTranslations } from 'next-intl/server';
import * as z from 'zod/mini';
import type { FormTexts } from './form-state';

/** The words a client form needs, in the reader's language: the common ones and `<namespace>.errors`. Server only. */
export async function formTexts(namespace: string): Promise<FormTexts> {
  const [common, own] = await Promise.all([getTranslations('common'), getTranslations(namespace)]);
  return {
    summary: common('errors.summary'),
    refused: common('errors.refused'),
    titlePrefix: common('errors.titlePrefix'),
    showPassword: common('password.show'),
    hidePassword: common('password.hide'),
    errors: z.record(z.string(), z.string()).parse(own.raw('errors')),
  };
}
