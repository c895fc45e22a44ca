import 'server-only';
import { headers } from 'next/headers';
import { type FormOptions, type OpenForm, openForm } from '@/components/forms/open-form';

/** The headers of the requests whose form was refused: Next hands an action and the page after it the same object. */
const refused = new WeakSet<object>();

/** Opens the form that this request's action was sent; a refusal is also told to the page that is drawn with it. */
export async function openSentForm(form: FormData, options: FormOptions): Promise<OpenForm> {
  const request = await headers();
  return openForm(form, { ...options, noteRefusal: () => refused.add(request) });
}

/** Whether the page that is being drawn answers a form that was refused, which its title says first. */
export async function answersRefusedForm(): Promise<boolean> {
  return refused.has(await headers());
}
