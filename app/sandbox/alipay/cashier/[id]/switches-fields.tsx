import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Checkbox } from '@/components/ui/choice';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { type CashierView, FORGERIES, NOTIFY_MODES, SANDBOX_CALLS } from '@/lib/gateways/sandbox';

/** The fold-out in which a demo makes the gateway misbehave for this one payment. */
export async function SwitchesFields({ switches }: { switches: CashierView['switches'] }) {
  const t = await getTranslations('sandbox.tune');
  return (
    <details className="rounded-md border border-line bg-surface px-4">
      <summary className="flex min-h-target items-center py-2 font-bold">{t('title')}</summary>
      <div className="flex flex-col gap-4 border-line border-t pt-3 pb-4">
        <p className="text-ink-2 text-sm">{t('intro')}</p>
        <input type="hidden" name="tuned" value="1" />
        <SelectField
          name="notify"
          label={t('notify')}
          defaultValue={switches.notify}
          options={NOTIFY_MODES.map((mode) => ({ value: mode, label: t(`notifyModes.${mode}`) }))}
        />
        <Group legend={t('forgeNotifications')}>
          {FORGERIES.map((forgery) => (
            <Checkbox
              key={forgery}
              name="forgeNotifications"
              id={`forge-notification-${forgery}`}
              value={forgery}
              label={t(`forgeries.${forgery}`)}
              defaultChecked={switches.forgeNotifications.includes(forgery)}
            />
          ))}
        </Group>
        {(['loseAnswers', 'forgeAnswers'] as const).map((name) => (
          <Group key={name} legend={t(name)}>
            {SANDBOX_CALLS.map((call) => (
              <Checkbox
                key={call}
                name={name}
                id={`${name}-${call}`}
                value={call}
                label={t(`calls.${call}`)}
                defaultChecked={switches[name].includes(call)}
              />
            ))}
          </Group>
        ))}
        <fieldset className="min-w-0">
          <legend className="font-bold">{t('refuse')}</legend>
          <Checkbox
            name="refuseRefunds"
            value="1"
            label={t('refuseRefunds')}
            defaultChecked={switches.refuseRefunds}
          />
          <Checkbox
            name="ignoreCloses"
            value="1"
            label={t('ignoreCloses')}
            defaultChecked={switches.ignoreCloses}
          />
        </fieldset>
        <TextField
          name="slowMs"
          label={t('slowMs')}
          inputMode="numeric"
          pattern="[0-9]{0,5}"
          defaultValue={switches.slowMs}
        />
      </div>
    </details>
  );
}

function Group({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="font-bold">{legend}</legend>
      <div className="grid sm:grid-cols-2 simple:grid-cols-1">{children}</div>
    </fieldset>
  );
}
