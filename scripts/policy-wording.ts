import { createTranslator } from 'next-intl';
import { formatMoney } from '../lib/kernel';
import type { Wording } from '../lib/policy/document';
import policy from '../messages/zh-CN/policy.json';

/** The rules in the words that a buyer reads. */
export const chineseWording: Wording = {
  message: (key, values) => {
    const rule = createTranslator({ locale: 'zh-CN', messages: { policy }, namespace: 'policy' });
    return String(Reflect.apply(rule, undefined, [key, values]));
  },
  money: (minor) => formatMoney(minor),
};
