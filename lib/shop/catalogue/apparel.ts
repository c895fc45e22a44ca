import { KABAO, YUNSUO } from './merchants';
import type { Shelf } from './model';

export const APPAREL: Shelf = {
  category: 'apparel',
  products: [
    {
      slug: 'linen-shirt',
      merchant: YUNSUO,
      kind: 'goods',
      title: { zh: '亚麻混纺长袖衬衫', en: 'Linen-blend shirt' },
      description: {
        zh: '55% 亚麻，透气不贴身，预缩水免烫。尺码偏宽松，喜欢合身请拍小一码。',
        en: '55% linen: airy, pre-shrunk, no iron. Cut loose; take a size down for a closer fit.',
      },
      priceMinor: 19_900n,
      art: 'shirt',
    },
    {
      slug: 'cashmere-scarf',
      merchant: YUNSUO,
      kind: 'goods',
      title: { zh: '山羊绒格纹围巾', en: 'Checked cashmere scarf' },
      description: {
        zh: '100% 山羊绒，180 × 32 厘米，轻到像没戴。手洗平晾，附防蛀布袋。',
        en: 'Pure cashmere, 180 × 32 cm, so light you forget it. Wash by hand, dry flat; comes with a moth-proof bag.',
      },
      priceMinor: 45_900n,
      art: 'scarf',
    },
    {
      slug: 'canvas-sneakers',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '硫化帆布鞋', en: 'Vulcanised canvas sneakers' },
      description: {
        zh: '老工艺硫化底，耐折不开胶，鞋垫可拆洗。每一码都备了半码。',
        en: 'Vulcanised soles that bend and do not peel, insoles that come out to wash. Half sizes too.',
      },
      priceMinor: 16_900n,
      art: 'sneakers',
    },
    {
      slug: 'tote-bag',
      merchant: YUNSUO,
      kind: 'goods',
      title: { zh: '重磅帆布托特包', en: 'Heavy canvas tote' },
      description: {
        zh: '16 安帆布，装得下 14 寸电脑和一把伞。内袋带拉链，底部加固。',
        en: '16-ounce canvas for a 14-inch laptop and an umbrella. Zipped pocket inside, doubled base.',
      },
      priceMinor: 12_900n,
      art: 'tote',
    },
    {
      slug: 'wool-socks',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '美利奴羊毛中筒袜 4 双', en: 'Merino crew socks, 4 pairs' },
      description: {
        zh: '羊毛含量 62%，吸汗不捂脚，走一天不起味。机洗不变形。',
        en: '62% merino: dry all day and no smell. Machine wash, keeps its shape.',
      },
      priceMinor: 11_900n,
      art: 'socks',
    },
  ],
};
