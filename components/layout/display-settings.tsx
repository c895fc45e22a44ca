import { ALargeSmall, SlidersHorizontal } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';

export interface DisplaySettingsProps {
  preferences: { theme: 'auto' | 'light' | 'dark'; mode: 'normal' | 'simple' };
  /** Server action that reads `locale`, `theme` or `mode` from the pressed button. */
  changePreference: (form: FormData) => Promise<void>;
}

/** Language, colours and simple mode behind one button. A native popover and plain forms: no JavaScript needed. */
export function DisplaySettings({ preferences, changePreference }: DisplaySettingsProps) {
  const t = useTranslations('common');
  const locale = useLocale();
  return (
    <>
      <button type="button" popoverTarget="display-settings" className={TOOL}>
        <Icon as={SlidersHorizontal} />
        <span className="icon-word">{t('settings.short')}</span>
      </button>
      <div
        id="display-settings"
        popover="auto"
        role="dialog"
        aria-label={t('settings.title')}
        className="inset-auto top-[calc(var(--bar)+8px)] right-[max(12px,calc((100vw-var(--page-max))/2+12px))] m-0 max-h-[80dvh] w-[min(340px,calc(100vw-24px))] overflow-y-auto rounded-md border border-line bg-surface p-4 text-ink shadow-panel"
      >
        <form action={changePreference} className="flex flex-col gap-4">
          <Segments
            legend={t('settings.language')}
            name="locale"
            value={locale}
            options={[
              { value: 'zh-CN', label: '中文', lang: 'zh-CN' },
              { value: 'en', label: 'English', lang: 'en' },
            ]}
          />
          <Segments
            legend={t('settings.theme')}
            name="theme"
            value={preferences.theme}
            options={[
              { value: 'auto', label: t('settings.themeAuto') },
              { value: 'light', label: t('settings.themeLight') },
              { value: 'dark', label: t('settings.themeDark') },
            ]}
          />
          <div>
            <button
              type="submit"
              name="mode"
              value={preferences.mode === 'simple' ? 'normal' : 'simple'}
              className="min-h-control w-full rounded-md border-[1.5px] border-edge bg-surface px-4 font-bold hover:bg-sunken"
            >
              {preferences.mode === 'simple' ? t('settings.modeOff') : t('settings.modeOn')}
            </button>
            <p className="mt-1.5 text-ink-2 text-sm">{t('settings.modeHint')}</p>
          </div>
        </form>
      </div>
    </>
  );
}

/** The switch to and from simple mode that stands in every header. */
export function ModeSwitch({ preferences, changePreference }: DisplaySettingsProps) {
  const t = useTranslations('common');
  const simple = preferences.mode === 'simple';
  return (
    <form action={changePreference}>
      <button type="submit" name="mode" value={simple ? 'normal' : 'simple'} className={TOOL}>
        <Icon as={ALargeSmall} size={24} />
        {simple ? t('settings.standard') : t('settings.mode')}
      </button>
    </form>
  );
}

const TOOL =
  'inline-flex min-h-target min-w-target items-center justify-center gap-1.5 whitespace-nowrap rounded-sm px-2.5 ' +
  'text-ink-2 text-sm hover:bg-sunken hover:text-ink simple:flex-col simple:gap-0 simple:px-2 simple:text-xs';

function Segments({
  legend,
  name,
  value,
  options,
}: {
  legend: string;
  name: string;
  value: string;
  options: readonly { value: string; label: string; lang?: string }[];
}) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-ink-2 text-sm">{legend}</legend>
      <div className="grid auto-cols-fr grid-flow-col gap-1 rounded-md bg-sunken p-1 simple:grid-flow-row">
        {options.map((option) => (
          <button
            key={option.value}
            type="submit"
            name={name}
            value={option.value}
            lang={option.lang}
            aria-pressed={option.value === value}
            className="min-h-target rounded-sm px-2 text-ink-2 hover:text-ink aria-pressed:bg-surface aria-pressed:font-bold aria-pressed:text-ink aria-pressed:shadow-panel forced-colors:aria-pressed:border-2"
          >
            {option.label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
