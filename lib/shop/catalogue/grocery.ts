import { FERRY, HEWAN, KABAO } from './merchants';
import type { Shelf } from './model';

export const GROCERY: Shelf = {
  category: 'grocery',
  products: [
    {
      slug: 'northeast-rice',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '黑土长粒香米 5 千克', en: 'Black-soil long-grain rice, 5 kg' },
      description: {
        zh: '当年新米，到货前 15 天内碾磨。饭粒油亮有嚼劲，凉了也不回生。',
        en: 'This year’s harvest, milled within fifteen days of delivery. Glossy, with a bite, and still good cold.',
      },
      priceMinor: 6490n,
      art: 'rice',
    },
    {
      slug: 'camellia-oil',
      merchant: HEWAN,
      kind: 'goods',
      title: { zh: '头道冷榨山茶油 1 升', en: 'Cold-pressed camellia oil, 1 L' },
      description: {
        zh: '野山茶籽物理冷榨，烟点高，炒菜少油烟。玻璃瓶装，避光存放。',
        en: 'Pressed cold from wild camellia seed; it smokes late, so the kitchen stays clear. In glass; keep it in the dark.',
      },
      priceMinor: 12_800n,
      art: 'oil',
    },
    {
      slug: 'jasmine-tea',
      merchant: FERRY,
      kind: 'goods',
      title: { zh: '七窨茉莉花茶 100 克罐装', en: 'Jasmine tea, seven scentings, 100 g' },
      description: {
        zh: '春茶做坯，伏花窨制七遍，只闻花香不见花。三克一杯，可续水三次。',
        en: 'Spring leaves scented seven times with summer blossom: all the flower, none of the petals. Three grams a cup, good for three waters.',
      },
      priceMinor: 13_600n,
      art: 'tea',
    },
    {
      slug: 'mixed-nuts',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '每日坚果 30 袋', en: 'Daily nuts, 30 sachets' },
      description: {
        zh: '六种坚果果干，轻烘不加盐。一天一袋，25 克刚刚好。',
        en: 'Six nuts and dried fruits, lightly roasted, no salt. One 25 g sachet a day.',
      },
      priceMinor: 9900n,
      art: 'nuts',
    },
    {
      slug: 'hand-pulled-noodles',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '手延细面 8 把', en: 'Hand-stretched noodles, 8 bundles' },
      description: {
        zh: '三揉六饧，自然晾干，煮两分钟就好。清汤、拌酱都合适。',
        en: 'Kneaded three times, rested six, dried in air. Two minutes in the pot, for broth or sauce.',
      },
      priceMinor: 3280n,
      art: 'noodles',
    },
    {
      slug: 'linden-honey',
      merchant: HEWAN,
      kind: 'goods',
      title: { zh: '椴树原蜜 500 克', en: 'Linden honey, raw, 500 g' },
      description: {
        zh: '一年一季的椴树雪蜜，低温自然结晶，入口细腻。一岁以内婴儿勿食。',
        en: 'One flow a year, set fine and white by itself. Not for babies under one.',
      },
      priceMinor: 7900n,
      art: 'honey',
    },
  ],
};
