import { KABAO, LINGWAI } from './merchants';
import type { Shelf } from './model';

export const SPORTS: Shelf = {
  category: 'sports',
  products: [
    {
      slug: 'two-person-tent',
      merchant: LINGWAI,
      kind: 'goods',
      title: { zh: '双人轻量帐篷', en: 'Two-person light tent' },
      description: {
        zh: '1.9 千克，双层防水，十分钟搭好。前厅放得下两只包。',
        en: '1.9 kg, two walls, up in ten minutes. The porch takes two packs.',
      },
      priceMinor: 69_900n,
      art: 'tent',
    },
    {
      slug: 'badminton-set',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '碳素羽毛球拍一对', en: 'Carbon badminton rackets, pair' },
      description: {
        zh: '4U 轻拍，出厂已穿 24 磅线，附三只球和拍套。新手老手都顺手。',
        en: 'Light 4U frames strung at 24 lb, with three shuttles and a cover. Kind to beginners, fine for others.',
      },
      priceMinor: 25_900n,
      art: 'racket',
    },
    {
      slug: 'steel-bottle',
      merchant: LINGWAI,
      kind: 'goods',
      title: { zh: '真空保温壶 750 毫升', en: 'Vacuum bottle, 750 ml' },
      description: {
        zh: '早上灌的热水，下山还烫嘴。316 不锈钢内胆，杯盖就是茶杯。',
        en: 'Filled at dawn, still hot at the summit. 316 steel inside; the cap is the cup.',
      },
      priceMinor: 15_900n,
      art: 'bottle',
    },
    {
      slug: 'yoga-mat',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '天然橡胶瑜伽垫 5 毫米', en: 'Natural-rubber yoga mat, 5 mm' },
      description: {
        zh: '干湿都防滑，正位线清楚。卷起来有背带，183 × 68 厘米。',
        en: 'Grips dry or wet, with lines to align by. 183 × 68 cm, strap included.',
      },
      priceMinor: 22_900n,
      art: 'mat',
    },
    {
      slug: 'trail-pack',
      merchant: LINGWAI,
      kind: 'goods',
      title: { zh: '短途徒步背包 28 升', en: 'Day-hike pack, 28 L' },
      description: {
        zh: '背负透气，胸带带哨，附防雨罩。水袋仓和侧兜单手够得着。',
        en: 'A back that breathes, a whistle on the strap, a rain cover. Pockets within reach of one hand.',
      },
      priceMinor: 34_900n,
      art: 'backpack',
    },
  ],
};
