import { getTranslations } from 'next-intl/server';
import { formatMoney } from '@/lib/kernel';
import type { RuleReference } from '@/lib/policy';
import type { PurchaseRefusal } from '@/lib/sales';

/** A refusal in words: what is in the way, the rule, and where it stands. */
export interface RefusalWords {
  readonly message: string;
  /** null: the shop's own rule, or a choice that was never offered. */
  readonly article: string | null;
}

export async function refusalWords(refusal: PurchaseRefusal): Promise<RefusalWords> {
  const [policy, sales] = await Promise.all([getTranslations('policy.refusal'), getTranslations('sales')]);
  switch (refusal.code) {
    case 'face_not_offered':
    case 'face_not_positive':
      return { message: policy(refusal.code, { amount: formatMoney(refusal.amountMinor) }), article: null };
    case 'face_above_limit':
      return {
        message: policy(refusal.code, { limit: formatMoney(refusal.limitMinor) }),
        article: await articleOf(refusal.rule),
      };
    case 'real_name_required':
    case 'cash_not_allowed':
      return { message: policy(refusal.code), article: await articleOf(refusal.rule) };
    case 'day_limit_reached':
      return {
        message: policy(refusal.code, {
          bought: formatMoney(refusal.boughtMinor),
          limit: formatMoney(refusal.limitMinor),
        }),
        article: await articleOf(refusal.rule),
      };
    default:
      return { message: sales(`refusal.${refusal.code}`), article: null };
  }
}

/** `单用途商业预付卡管理办法（商务部令2012年第9号）第 15 条`, or that it is the shop's own rule. */
export async function articleOf({ source }: RuleReference): Promise<string> {
  const t = await getTranslations('sales.source');
  if (source.instruments.length === 0) return t('house');
  const instruments = source.instruments.join('、');
  return source.articles === null
    ? t('instrument', { instruments })
    : t('article', { instruments, articles: source.articles });
}
