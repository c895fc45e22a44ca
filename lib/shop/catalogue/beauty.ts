import { KABAO } from './merchants';
import type { Shelf } from './model';

export const BEAUTY: Shelf = {
  category: 'beauty',
  products: [
    {
      slug: 'camellia-cream',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '山茶舒润面霜 50 克', en: 'Camellia cream, 50 g' },
      description: {
        zh: '无香精、无酒精，换季泛红也能用。早晚各一粒豌豆大小就够。',
        en: 'No fragrance, no alcohol; gentle when the season turns. A pea’s worth, morning and night.',
      },
      priceMinor: 15_800n,
      art: 'jar',
    },
    {
      slug: 'rice-serum',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '米萃精华水 120 毫升', en: 'Rice essence, 120 ml' },
      description: {
        zh: '发酵米萃加烟酰胺，清爽不黏。建议先在耳后试用。',
        en: 'Fermented rice with niacinamide, light, not sticky. Try a drop behind the ear first.',
      },
      priceMinor: 12_900n,
      art: 'dropper',
    },
    {
      slug: 'bamboo-toothbrush',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '竹柄软毛牙刷 6 支', en: 'Bamboo toothbrushes, soft, 6' },
      description: {
        zh: '万根软毛，牙龈敏感也舒服。竹柄可降解，六色一人一色。',
        en: 'Ten thousand soft bristles for tender gums. Bamboo handles in six colours, one each.',
      },
      priceMinor: 3990n,
      art: 'brushes',
    },
    {
      slug: 'herbal-shampoo',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '侧柏叶洗发水 500 毫升', en: 'Cypress-leaf shampoo, 500 ml' },
      description: {
        zh: '氨基酸表活，温和不拔干。控油蓬松，洗完有淡淡草木香。',
        en: 'Mild amino-acid base that cleans without stripping. Lifts the roots and leaves a trace of green.',
      },
      priceMinor: 6900n,
      art: 'pump',
    },
    {
      slug: 'citrus-hand-cream',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '柚子护手霜 3 支装', en: 'Pomelo hand cream, 3 tubes' },
      description: {
        zh: '推开就吸收，不沾手机屏。30 毫升小支，包里口袋里各放一支。',
        en: 'Sinks in at once, leaves no prints. Three 30 ml tubes: bag, pocket, desk.',
      },
      priceMinor: 4900n,
      art: 'tube',
    },
  ],
};
