import { getLocale, getTranslations } from 'next-intl/server';
import * as z from 'zod/mini';
import { GIFT_THEMES, GIFT_ZONES } from '@/lib/gifts/model';

/** The words of the fields of a gift plan, in the reader's language. */
export interface GiftPlanTexts {
  /** `gifts.plan`; some hold `{name}`, `{count}` or `{line}` for the browser to fill in. */
  readonly plan: Readonly<Record<string, string>>;
  readonly rowErrors: Readonly<Record<string, string>>;
  readonly optional: string;
  readonly themes: readonly { readonly value: string; readonly label: string }[];
  readonly zones: readonly { readonly value: string; readonly label: string }[];
}

/** Made on the server and handed to `GiftPlanFields`. */
export async function giftPlanTexts(): Promise<GiftPlanTexts> {
  const [own, common, locale] = await Promise.all([
    getTranslations('gifts'),
    getTranslations('common'),
    getLocale(),
  ]);
  return {
    plan: words.parse(own.raw('plan')),
    rowErrors: words.parse(own.raw('rowErrors')),
    optional: common('optional'),
    themes: GIFT_THEMES.map((value) => ({ value, label: own(`themes.${value}`) })),
    zones: GIFT_ZONES.map((value) => ({ value, label: zoneName(value, locale) })),
  };
}

/** A zone as people call it, with its place: 中国时间（上海）. */
export function zoneName(zone: string, locale: string): string {
  const place = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
  const name = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longGeneric' })
    .formatToParts(new Date())
    .find(({ type }) => type === 'timeZoneName')?.value;
  return name ? `${name} (${place})` : place;
}

const words = z.record(z.string(), z.string());
