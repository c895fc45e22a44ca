import { KABAO, YUNSUO } from './merchants';
import type { Shelf } from './model';

export const HOME: Shelf = {
  category: 'home',
  products: [
    {
      slug: 'celadon-mug',
      merchant: YUNSUO,
      kind: 'goods',
      title: { zh: '青釉手作马克杯', en: 'Celadon mug, hand-thrown' },
      description: {
        zh: '龙泉泥料，手拉坯，每只釉色略有深浅。350 毫升，可进微波炉。',
        en: 'Thrown by hand, so no two glazes are quite alike. 350 ml, safe in the microwave.',
      },
      priceMinor: 6800n,
      art: 'mug',
    },
    {
      slug: 'washed-cotton-bedding',
      merchant: YUNSUO,
      kind: 'goods',
      title: { zh: '水洗棉四件套 1.8 米床', en: 'Washed-cotton bedding set, king' },
      description: {
        zh: '全棉水洗，下水不缩不掉色，越睡越软。被套 220 × 240 厘米，床单可当盖毯。',
        en: 'All cotton, pre-washed: no shrinking, no fading, softer every month. Quilt cover 220 × 240 cm.',
      },
      priceMinor: 35_900n,
      art: 'bedding',
    },
    {
      slug: 'cast-iron-pot',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '铸铁珐琅炖锅 24 厘米', en: 'Enamelled cast-iron pot, 24 cm' },
      description: {
        zh: '厚底蓄热，锅盖自带滴水钉，炖肉不用再添水。明火、电磁炉、烤箱通用。',
        en: 'Thick walls hold the heat and the lid bastes as it cooks. Gas, induction or oven.',
      },
      priceMinor: 46_900n,
      art: 'pot',
    },
    {
      slug: 'bath-towels',
      merchant: YUNSUO,
      kind: 'goods',
      title: { zh: '长绒棉浴巾 2 条', en: 'Long-staple cotton bath towels, 2' },
      description: {
        zh: '70 × 140 厘米，每条 480 克，吸水快干得也快。首次使用前请清水洗一遍。',
        en: '70 × 140 cm and 480 g each: they drink water and dry fast. Wash once before first use.',
      },
      priceMinor: 15_800n,
      art: 'towels',
    },
    {
      slug: 'reading-lamp',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '暖光护眼阅读灯', en: 'Warm reading lamp' },
      description: {
        zh: '照度均匀无频闪，三档色温，晚上用暖光不刺眼。灯杆可转 270 度，记住上次亮度。',
        en: 'Even, flicker-free light at three temperatures. The arm turns 270° and the lamp remembers how bright you like it.',
      },
      priceMinor: 24_900n,
      art: 'lamp',
    },
  ],
};
