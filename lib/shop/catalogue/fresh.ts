import { HEWAN, KABAO_FRESH } from './merchants';
import type { Shelf } from './model';

export const FRESH: Shelf = {
  category: 'fresh',
  products: [
    {
      slug: 'cherries',
      merchant: KABAO_FRESH,
      kind: 'fresh',
      title: { zh: '山坳大樱桃 2 斤', en: 'Hillside cherries, 1 kg' },
      description: {
        zh: '清晨现摘，当天冷链发出，果径 28 毫米以上。收到请放冰箱冷藏，三天内最脆甜；坏果拍照即赔。',
        en: 'Picked at dawn and sent chilled the same day, every cherry 28 mm or more. Keep them in the fridge and eat within three days. Send a photo of any bad fruit and we refund it.',
      },
      priceMinor: 8990n,
      art: 'cherries',
    },
    {
      slug: 'navel-oranges',
      merchant: HEWAN,
      kind: 'fresh',
      title: { zh: '禾湾脐橙 5 斤装', en: 'Hewan navel oranges, 2.5 kg' },
      description: {
        zh: '树上自然熟，不打蜡不催熟，皮薄汁多。单果 200 克上下，一箱约 12 只。',
        en: 'Left on the tree until ripe, neither waxed nor gassed. Thin skin, plenty of juice; about twelve oranges of 200 g to a box.',
      },
      priceMinor: 4580n,
      art: 'oranges',
    },
    {
      slug: 'sea-bass',
      merchant: KABAO_FRESH,
      kind: 'fresh',
      title: { zh: '三去海鲈鱼 500 克 × 2 条', en: 'Sea bass, cleaned, 2 × 500 g' },
      description: {
        zh: '去鳞、去鳃、去内脏，到家冲一冲就能下锅。零下 35 度急冻锁鲜，清蒸十分钟刚好。',
        en: 'Scaled, gilled and gutted: rinse and cook. Flash-frozen at −35 °C; ten minutes of steam is just right.',
      },
      priceMinor: 5990n,
      art: 'fish',
    },
    {
      slug: 'free-range-eggs',
      merchant: HEWAN,
      kind: 'fresh',
      title: { zh: '林下散养鸡蛋 30 枚', en: 'Free-range eggs, 30' },
      description: {
        zh: '林地散养，吃玉米和虫草长大，蛋黄橙红。珍珠棉蛋托，碎一枚赔两枚。',
        en: 'From hens that roam under trees on maize and whatever they scratch up. Packed in foam: one broken, two replaced.',
      },
      priceMinor: 3990n,
      art: 'eggs',
    },
    {
      slug: 'vegetable-box',
      merchant: KABAO_FRESH,
      kind: 'fresh',
      title: { zh: '一周时蔬箱 8 样', en: 'Weekly vegetable box, 8 kinds' },
      description: {
        zh: '当季八样，两三口之家吃一周。叶菜、根茎、菌菇都有，附保存和搭配小卡片。',
        en: 'Eight vegetables in season, a week for two or three people. Leaves, roots and mushrooms, with a card on how to keep and pair them.',
      },
      priceMinor: 6800n,
      art: 'vegetables',
    },
    {
      slug: 'beef-brisket',
      merchant: KABAO_FRESH,
      kind: 'fresh',
      title: { zh: '原切牛腩块 1 千克', en: 'Beef brisket, cut, 1 kg' },
      description: {
        zh: '整块原切，不注水不拼接，筋肉相间。炖一个半小时，软而不散。',
        en: 'Cut from whole brisket, no added water, nothing glued. Simmer for an hour and a half: tender and still in one piece.',
      },
      priceMinor: 9900n,
      art: 'beef',
    },
  ],
};
