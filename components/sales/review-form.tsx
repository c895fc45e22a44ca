'use client';

import { lazy, type ReactNode } from 'react';
import { FormErrors } from '@/components/forms/form-errors';
import type { FormAction, FormTexts } from '@/components/forms/form-state';
import { useServerForm } from '@/components/forms/use-server-form';
import type { GiftPlanTexts } from '@/components/gifts/gift-plan-texts';
import { Checkbox, ChoiceCards } from '@/components/ui/choice';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextArea, TextField } from '@/components/ui/text-field';
import { purchaseFormSchema } from './purchase-form-schema';

/** Only for who gives: the others do not load it. */
const GiftPlanFields = lazy(async () => ({
  default: (await import('@/components/gifts/gift-plan-fields')).GiftPlanFields,
}));

interface ReviewFormProps {
  readonly action: FormAction;
  readonly purpose: 'self' | 'gift' | 'ship';
  readonly quantity: number;
  readonly texts: {
    readonly review: Readonly<Record<string, string>>;
    readonly form: FormTexts;
    readonly gift: GiftPlanTexts;
  };
  /** Whether the rules want to know who buys, and nobody has said it yet. */
  readonly identityAsked: boolean;
  readonly identityKnown: boolean;
  readonly senderName: string;
  readonly card: ReactNode;
  readonly hidden: Readonly<Record<string, string>>;
  readonly submit: string;
}

/** What a purchase asks beside the choice: who buys, to whom it goes, an invoice. Works without scripts. */
export function ReviewForm(props: ReviewFormProps) {
  const { action, purpose, quantity, texts, identityAsked, identityKnown, senderName } = props;
  const form = useServerForm({ action, schema: purchaseFormSchema, texts: texts.form });
  const words = texts.review;
  return (
    <form {...form.formProps} className="flex flex-col gap-6">
      <FormErrors form={form} texts={texts.form} />
      {Object.entries(props.hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="identityAsked" value={identityAsked ? '1' : ''} />
      {purpose === 'gift' ? (
        <GiftPlanFields
          form={form}
          texts={texts.gift}
          card={props.card}
          defaults={{ senderName }}
          audience={quantity === 1 ? 'one' : 'any'}
        />
      ) : null}
      {purpose === 'ship' ? <Shipping form={form} words={words} /> : null}
      <BuyerKind words={words} />
      {identityKnown ? null : <Identity form={form} words={words} asked={identityAsked} />}
      <Invoice form={form} words={words} />
      <SubmitButton pending={form.pending} pendingLabel={words.pending ?? ''}>
        {props.submit}
      </SubmitButton>
      <p className="text-ink-2 text-sm">{words.promise}</p>
    </form>
  );
}

type Form = ReturnType<typeof useServerForm<typeof purchaseFormSchema>>;
interface Part {
  readonly form: Form;
  readonly words: Readonly<Record<string, string>>;
}

function Shipping({ form, words }: Part) {
  return (
    <>
      <TextField
        {...form.field('shipRecipient')}
        label={words.shipRecipient ?? ''}
        autoComplete="name"
        required
      />
      <TextField
        {...form.field('shipPhone')}
        label={words.shipPhone ?? ''}
        inputMode="tel"
        autoComplete="tel"
        required
      />
      <TextArea
        {...form.field('shipAddress')}
        label={words.shipAddress ?? ''}
        hint={words.shipHint}
        rows={2}
        autoComplete="street-address"
        required
      />
    </>
  );
}

function BuyerKind({ words }: Pick<Part, 'words'>) {
  return (
    <ChoiceCards
      legend={words.buyer}
      name="buyer"
      columns={2}
      defaultValue="individual"
      choices={[
        { value: 'individual', label: words.buyerIndividual, description: words.buyerIndividualText },
        { value: 'company', label: words.buyerCompany, description: words.buyerCompanyText },
      ]}
    />
  );
}

function Identity({ form, words, asked }: Part & { asked: boolean }) {
  return (
    <details open={asked} className="rounded-md border border-line bg-surface">
      <summary className="flex min-h-control items-center px-4 font-bold">
        {asked ? words.identity : words.identityOptional}
      </summary>
      <div className="flex flex-col gap-5 border-line border-t px-4 py-4">
        <SelectField
          name="identityKind"
          label={words.identityKind ?? ''}
          options={[
            { value: 'id_card', label: words.idCard ?? '' },
            { value: 'passport', label: words.passport ?? '' },
            { value: 'company', label: words.companyCode ?? '' },
          ]}
        />
        <TextField {...form.secret('identityName')} label={words.identityName ?? ''} autoComplete="off" />
        <TextField
          {...form.secret('identityNumber')}
          label={words.identityNumber ?? ''}
          hint={words.identityHint}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
      </div>
    </details>
  );
}

function Invoice({ form, words }: Part) {
  return (
    <div className="group/invoice flex flex-col gap-4">
      <Checkbox name="invoice" value="on" label={words.invoice} />
      <div className="hidden flex-col gap-5 group-has-[#invoice:checked]/invoice:flex">
        <TextField
          {...form.field('invoiceTitle')}
          label={words.invoiceTitle ?? ''}
          autoComplete="organization"
        />
        <TextField
          {...form.field('invoiceTaxNumber')}
          label={words.invoiceTaxNumber ?? ''}
          hint={words.invoiceTaxHint}
          autoComplete="off"
          spellCheck={false}
        />
        <TextField
          {...form.field('invoiceEmail')}
          label={words.invoiceEmail ?? ''}
          inputMode="email"
          autoComplete="email"
        />
      </div>
    </div>
  );
}
