import type { Facts } from './facts';
import type { Visit } from './visit';

export interface Look {
  readonly locale: 'zh-CN' | 'en';
  readonly mode: 'normal' | 'simple';
}

/** The shorter side of a target, px: WCAG 2.2 2.5.8 for all, 2.5.5 and the MIIT's 适老化 rules for main ones. */
const TARGET = { any: 24, main: { normal: 44, simple: 60 } } as const;
/** Type in simple mode, px: the smallest, and what the largest must reach. */
const TYPE = { smallest: 18, largest: 30 } as const;
const LEADING = 1.3;
/** Tolerance, px: browsers round half pixels either way. */
const ROUNDING = 0.6;

const BRAND = { 'zh-CN': '卡包', en: 'Kabao' } as const;
/** The sandbox gateway's pages say that they are not the shop's. */
const GATEWAY = { 'zh-CN': '支付宝沙箱收银台', en: 'Alipay sandbox cashier' } as const;
const ERROR_PREFIX = { 'zh-CN': '错误：', en: 'Error: ' } as const;

/** Everything on the page that breaks a rule of the interface, in words. */
export function judge(facts: Facts, visit: Visit, { locale, mode }: Look): string[] {
  const dense = visit.file.startsWith('admin/');
  const needs = ({ place }: Facts['targets'][number]) => {
    if (place === 'sentence') return 0;
    // The desk's tables and stories are dense on purpose; its buttons and fields are not.
    return place === 'row' || (place === 'list' && dense) ? TARGET.any : TARGET.main[mode];
  };
  return [
    ...(facts.lang === locale ? [] : [`lang is ${facts.lang}`]),
    ...judgeTitle(facts.title, visit, locale),
    ...(facts.headings.length === 1 && facts.headings[0] ? [] : [`h1: ${JSON.stringify(facts.headings)}`]),
    ...(facts.sideways > 0 ? [`${facts.sideways} px too wide`] : []),
    ...facts.targets
      .filter((target) => target.px < needs(target) - ROUNDING)
      .map((target) => `target of ${target.px} px, not ${needs(target)}: ${target.what}`),
    ...(mode === 'simple' ? judgeType(facts) : []),
    ...facts.texts
      .filter(({ unmarkedChinese }) => unmarkedChinese)
      .map(({ what }) => `Chinese that is not marked so: ${what}`),
    ...facts.moving.map((what) => `moves although motion is unwanted: ${what}`),
  ];
}

function judgeTitle(title: string, { file, error }: Visit, locale: Look['locale']): string[] {
  const prefix = ERROR_PREFIX[locale];
  const brand = (file.startsWith('sandbox/alipay/') ? GATEWAY : BRAND)[locale];
  return [
    ...(title.replace(prefix, '').length > brand.length && title.includes(brand) ? [] : [`title: ${title}`]),
    ...(title.startsWith(prefix) === (error !== undefined) ? [] : [`title and errors disagree: ${title}`]),
  ];
}

function judgeType({ texts }: Facts): string[] {
  const largest = Math.max(...texts.map(({ px }) => px));
  return [
    ...texts
      .filter(({ px }) => px < TYPE.smallest)
      .map(({ px, what }) => `text of ${px} px, not ${TYPE.smallest}: ${what}`),
    ...(largest >= TYPE.largest ? [] : [`the largest text has ${largest} px, not ${TYPE.largest}`]),
    ...texts
      .filter(({ leading }) => leading !== null && leading < LEADING - 0.005)
      .map(({ leading, what }) => `lines ${leading?.toFixed(2)} apart, not ${LEADING}: ${what}`),
  ];
}
