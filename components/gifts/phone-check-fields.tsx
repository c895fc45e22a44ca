'use client';

import { Checkbox } from '@/components/ui/choice';
import { TextField } from '@/components/ui/text-field';
import type { RecipientFields as Fields } from '@/lib/gifts/schemas';
import type { GiftPlanControl } from './gift-plan-control';

/** Whether only the owner of one phone may claim, and which phone where the message goes elsewhere. */
export function PhoneCheckFields({
  control,
  plan,
}: {
  control: (name: keyof Fields) => GiftPlanControl;
  plan: Readonly<Record<string, string>>;
}) {
  const { error: _, defaultValue, ...box } = control('phoneCheck');
  return (
    <>
      <Checkbox {...box} value="on" defaultChecked={defaultValue === 'on'} label={plan.phoneCheck} />
      <div className="hidden group-has-[#phoneCheck:checked]/plan:block">
        <div className="group-has-[#audience-many:checked]/plan:hidden group-has-[#channel-sms:checked]/plan:hidden">
          <TextField
            {...control('phone')}
            label={plan.phone}
            hint={plan.phoneHint}
            inputMode="tel"
            autoComplete="off"
          />
        </div>
      </div>
    </>
  );
}
