'use client';

import { type FormEvent, lazy, type ReactNode, useState } from 'react';
import { ChoiceCards } from '@/components/ui/choice';
import { SelectField } from '@/components/ui/select-field';
import { TextArea, TextField } from '@/components/ui/text-field';
import { GIFT_THEMES } from '@/lib/gifts/model';
import type { GiftPlanFields as Fields } from '@/lib/gifts/schemas';
import { fillIn } from './fill-in';
import { GiftLetter } from './gift-letter';
import type { GiftPlanControl as Control } from './gift-plan-control';
import type { GiftPlanTexts } from './gift-plan-texts';
import { PhoneCheckFields } from './phone-check-fields';
import { RecipientFields } from './recipient-fields';

/** Only for who gives more than one card. */
const RecipientListField = lazy(async () => ({
  default: (await import('./recipient-list-field')).RecipientListField,
}));

export interface GiftPlanForm {
  readonly field: (name: keyof Fields) => Control;
  /** For what may not stay in the page: the passphrase. */
  readonly secret: (name: keyof Fields) => Omit<Control, 'defaultValue'>;
  readonly methods: { readonly setValue: (name: string, value: string) => void };
}

/**
 * The fields of a gift plan, inside the caller's form, with a preview of what the recipient will see. They work without
 * JavaScript: what does not apply is hidden by the choices themselves; only the preview and the file need it.
 * - `form`: of `useServerForm`, whose schema spreads `giftPlanShape`.
 * - `card`: the face of the card that is given, without number.
 * - `defaults`: what stands in the fields before anything was typed.
 */
export function GiftPlanFields({
  form,
  texts,
  card,
  defaults = {},
  audience = 'any',
}: {
  form: GiftPlanForm;
  texts: GiftPlanTexts;
  card: ReactNode;
  defaults?: Partial<Record<keyof Fields, string>>;
  /** `one`: only one card is given, so nothing is asked about how many. */
  audience?: 'any' | 'one';
}) {
  const { plan } = texts;
  const control = (name: keyof Fields) => {
    const field = form.field(name);
    return { ...field, defaultValue: field.defaultValue ?? defaults[name] };
  };
  const [seen, setSeen] = useState<Partial<Record<keyof Fields, string>>>({});
  const shown = (name: keyof Fields) => seen[name] ?? control(name).defaultValue ?? '';

  function look(event: FormEvent<HTMLElement>) {
    const form = event.currentTarget.closest('form');
    if (!form) return;
    const text = (name: keyof Fields) => String(new FormData(form).get(name) ?? '');
    setSeen({
      theme: text('theme'),
      message: text('message'),
      senderName: text('senderName'),
      recipientName: text('recipientName'),
      phoneCheck: text('phoneCheck'),
    });
  }

  return (
    <div onInput={look} onChange={look} className="group/plan flex flex-col gap-5">
      <Themes control={control('theme')} texts={texts} />
      <TextArea {...control('message')} label={plan.message} hint={plan.messageHint} rows={3} />
      <TextField
        {...control('senderName')}
        label={plan.senderName}
        hint={plan.senderNameHint}
        autoComplete="name"
        required
      />
      {audience === 'any' ? <Audience control={control('audience')} plan={plan} /> : null}
      <div className="flex flex-col gap-5 group-has-[#audience-many:checked]/plan:hidden">
        <RecipientFields control={control} plan={plan} />
      </div>
      {audience === 'any' ? (
        <div className="hidden group-has-[#audience-many:checked]/plan:block">
          <RecipientListField
            control={control('list')}
            phoneCheck={shown('phoneCheck') === 'on'}
            fill={form.methods.setValue}
            texts={texts}
          />
        </div>
      ) : null}
      <Delivery control={control} texts={texts} />
      <Safeguards form={form} control={control} texts={texts} />
      <section aria-label={plan.preview} className="flex flex-col gap-2">
        <h2>{plan.preview}</h2>
        <GiftLetter
          theme={GIFT_THEMES.find((theme) => theme === shown('theme')) ?? 'everyday'}
          to={fillIn(plan.to ?? '', { name: shown('recipientName') || (plan.previewRecipient ?? '') })}
          from={fillIn(plan.from ?? '', { name: shown('senderName') || (plan.previewSender ?? '') })}
          message={shown('message') || (plan.previewMessage ?? '')}
          card={card}
        />
      </section>
    </div>
  );
}

type ControlOf = (name: keyof Fields) => Control;
type Words = GiftPlanTexts['plan'];

function Themes({ control, texts }: { control: Control; texts: GiftPlanTexts }) {
  const { error, defaultValue, name, ...input } = control;
  return (
    <ChoiceCards
      legend={texts.plan.theme}
      name={name}
      error={error}
      input={input}
      defaultValue={defaultValue || 'everyday'}
      columns={3}
      choices={texts.themes}
    />
  );
}

function Audience({ control, plan }: { control: Control; plan: Words }) {
  const { error, defaultValue, name, ...input } = control;
  return (
    <ChoiceCards
      legend={plan.audience}
      name={name}
      error={error}
      input={input}
      defaultValue={defaultValue || 'one'}
      columns={2}
      choices={[
        { value: 'one', label: plan.audienceOne, description: plan.audienceOneDetail },
        { value: 'many', label: plan.audienceMany, description: plan.audienceManyDetail },
      ]}
    />
  );
}

function Delivery({ control, texts }: { control: ControlOf; texts: GiftPlanTexts }) {
  const { plan } = texts;
  const { error, defaultValue, name, ...input } = control('when');
  return (
    <>
      <ChoiceCards
        legend={plan.when}
        name={name}
        error={error}
        input={input}
        defaultValue={defaultValue || 'now'}
        columns={2}
        choices={[
          { value: 'now', label: plan.whenNow },
          { value: 'later', label: plan.whenLater },
        ]}
      />
      <div className="hidden flex-col gap-5 group-has-[#when-later:checked]/plan:flex">
        <div className="grid gap-5 sm:grid-cols-2 simple:grid-cols-1">
          <TextField {...control('date')} label={plan.date} type="date" />
          <TextField {...control('time')} label={plan.time} type="time" />
        </div>
        <SelectField {...control('zone')} label={plan.zone} hint={plan.zoneHint} options={texts.zones} />
      </div>
      <SelectField
        {...control('language')}
        label={plan.language}
        options={[
          { value: 'zh-CN', label: plan.languageZh ?? '' },
          { value: 'en', label: plan.languageEn ?? '' },
        ]}
      />
    </>
  );
}

function Safeguards({
  form,
  control,
  texts,
}: {
  form: GiftPlanForm;
  control: ControlOf;
  texts: GiftPlanTexts;
}) {
  const { plan } = texts;
  return (
    <fieldset className="flex min-w-0 flex-col gap-4">
      <legend className="mb-2 font-bold">{plan.more}</legend>
      <TextField
        {...form.secret('passphrase')}
        label={plan.passphrase}
        hint={plan.passphraseHint}
        optionalLabel={texts.optional}
        autoComplete="off"
      />
      <PhoneCheckFields control={control} plan={plan} />
    </fieldset>
  );
}
