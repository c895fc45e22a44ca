import { KABAO, SEESAW } from './merchants';
import type { Shelf } from './model';

export const BABY: Shelf = {
  category: 'baby',
  products: [
    {
      slug: 'wooden-blocks',
      merchant: SEESAW,
      kind: 'goods',
      title: { zh: '榉木积木 60 块', en: 'Beech blocks, 60' },
      description: {
        zh: '圆角打磨，水性漆，咬一咬也放心。收纳箱就是小推车。',
        en: 'Rounded edges and water-based paint, safe to chew. The box is a cart.',
      },
      priceMinor: 18_900n,
      art: 'blocks',
    },
    {
      slug: 'glass-baby-bottle',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '宽口玻璃奶瓶 240 毫升', en: 'Wide-neck glass bottle, 240 ml' },
      description: {
        zh: '高硼硅玻璃，冷热骤变不裂。防胀气奶嘴，附硅胶防摔套。',
        en: 'Borosilicate glass that takes sudden heat. Anti-colic teat, silicone sleeve.',
      },
      priceMinor: 8900n,
      art: 'bottle',
    },
    {
      slug: 'silk-kite',
      merchant: SEESAW,
      kind: 'goods',
      title: { zh: '菱形绢面风筝 1.2 米', en: 'Diamond kite, 1.2 m' },
      description: {
        zh: '竹骨绢面，两级风就能起飞。线轮 200 米，附备用尾翼。',
        en: 'Bamboo and silk; two on the Beaufort scale is enough. 200 m of line and a spare tail.',
      },
      priceMinor: 7900n,
      art: 'kite',
    },
    {
      slug: 'picture-train',
      merchant: SEESAW,
      kind: 'goods',
      title: { zh: '木轨小火车套装', en: 'Wooden train set' },
      description: {
        zh: '三节磁吸车厢，轨道 40 件，可与常见木轨拼接。三岁以上。',
        en: 'Three magnetic carriages and forty pieces of track that fit the usual kind. From three years.',
      },
      priceMinor: 23_900n,
      art: 'train',
    },
    {
      slug: 'soft-wipes',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '纯水婴儿湿巾 80 抽 × 6 包', en: 'Pure-water baby wipes, 6 × 80' },
      description: {
        zh: 'EDI 纯水，零酒精零香精，手口可用。加厚珠纹，一张顶两张。',
        en: 'Pure water, no alcohol, no scent, fit for hands and mouth. Thick enough that one does for two.',
      },
      priceMinor: 5990n,
      art: 'wipes',
    },
  ],
};
