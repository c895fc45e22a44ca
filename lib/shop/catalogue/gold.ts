import { HENGZUO, KABAO } from './merchants';
import type { Shelf } from './model';

export const GOLD: Shelf = {
  category: 'gold',
  products: [
    {
      slug: 'gold-bar-5g',
      merchant: KABAO,
      kind: 'gold',
      title: { zh: '投资金条 5 克 Au9999', en: 'Gold bar, 5 g, Au 9999' },
      description: {
        zh: '封装带编号与检验证书，可按当日金价回购。价格每日一定，付款后不退。',
        en: 'Sealed and numbered, with an assay certificate; bought back at the day’s price. Priced daily, not returnable.',
      },
      priceMinor: 391_500n,
      art: 'bar-small',
    },
    {
      slug: 'gold-bar-20g',
      merchant: KABAO,
      kind: 'gold',
      title: { zh: '投资金条 20 克 Au9999', en: 'Gold bar, 20 g, Au 9999' },
      description: {
        zh: '封装带编号与检验证书，专车保价配送，需本人签收。付款后不退。',
        en: 'Sealed and numbered, with an assay certificate; insured courier, signed for by you. Not returnable.',
      },
      priceMinor: 1_558_000n,
      art: 'bar',
    },
    {
      slug: 'gold-bar-50g',
      merchant: HENGZUO,
      kind: 'gold',
      title: { zh: '投资金条 50 克 Au9999', en: 'Gold bar, 50 g, Au 9999' },
      description: {
        zh: '衡作金行出品，附第三方检验证书，可终身免费保管。付款后不退。',
        en: 'From Hengzuo Bullion with an independent assay; free safe-keeping for life. Not returnable.',
      },
      priceMinor: 3_885_000n,
      art: 'bar-stack',
    },
    {
      slug: 'gold-bean-1g',
      merchant: HENGZUO,
      kind: 'gold',
      title: { zh: '储蓄金豆 1 克', en: 'Gold bean, 1 g' },
      description: {
        zh: '每月攒一颗，玻璃瓶装好看又好数。足金 999.9，附检验卡。',
        en: 'One a month in a glass jar: easy to save, easy to count. 999.9 fine, with a test card.',
      },
      priceMinor: 78_800n,
      art: 'beans',
    },
  ],
};
