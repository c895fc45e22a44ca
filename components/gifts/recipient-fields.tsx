'use client';

import { ChoiceCards } from '@/components/ui/choice';
import { TextField } from '@/components/ui/text-field';
import type { RecipientFields as Fields } from '@/lib/gifts/schemas';
import type { GiftPlanControl } from './gift-plan-control';

/** Who gets a gift and how it reaches them. Inside a `group/plan`, whose choices hide what does not apply. */
export function RecipientFields({
  control,
  plan,
}: {
  control: (name: keyof Fields) => GiftPlanControl;
  plan: Readonly<Record<string, string>>;
}) {
  const { error, defaultValue, name, ...input } = control('channel');
  return (
    <>
      <TextField {...control('recipientName')} label={plan.recipientName} autoComplete="off" required />
      <ChoiceCards
        legend={plan.channel}
        name={name}
        error={error}
        input={input}
        defaultValue={defaultValue || 'email'}
        columns={3}
        choices={[
          { value: 'email', label: plan.channelEmail },
          { value: 'sms', label: plan.channelSms },
          { value: 'link', label: plan.channelLink },
        ]}
      />
      <div className="group-has-[#channel-link:checked]/plan:hidden">
        <TextField
          {...control('address')}
          label={plan.address}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </div>
    </>
  );
}
