import { KABAO, LEAFTURN } from './merchants';
import type { Shelf } from './model';

export const BOOKS: Shelf = {
  category: 'books',
  products: [
    {
      slug: 'tea-road-notes',
      merchant: LEAFTURN,
      kind: 'goods',
      title: { zh: '《茶路笔记》', en: 'Notes from the Tea Road' },
      description: {
        zh: '作者沿旧驿道走了四百公里，记下十一座茶山和三十七个人。平装，328 页，彩插 48 幅。',
        en: 'Four hundred kilometres of old post road, eleven tea mountains, thirty-seven people. Paperback, 328 pages, 48 colour plates. In Chinese.',
      },
      priceMinor: 5800n,
      art: 'book',
    },
    {
      slug: 'children-stars',
      merchant: LEAFTURN,
      kind: 'goods',
      title: { zh: '《孩子的星空手册》', en: 'A Child’s Handbook of the Night Sky' },
      description: {
        zh: '四季星图，夜光封面，附可转动的观星盘。适合 7 岁以上。',
        en: 'Star maps for four seasons, a cover that glows, a planisphere that turns. From seven years. In Chinese.',
      },
      priceMinor: 7900n,
      art: 'atlas',
    },
    {
      slug: 'dotted-notebook',
      merchant: LEAFTURN,
      kind: 'goods',
      title: { zh: '点阵线装笔记本 3 本', en: 'Dotted notebooks, thread-bound, 3' },
      description: {
        zh: '100 克道林纸，钢笔不洇，摊得平。A5，每本 160 页。',
        en: '100 g paper that takes fountain-pen ink and lies flat. A5, 160 pages each.',
      },
      priceMinor: 6900n,
      art: 'notebook',
    },
    {
      slug: 'fountain-pen',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '黄铜钢笔 F 尖', en: 'Brass fountain pen, F nib' },
      description: {
        zh: '整根黄铜车制，握久会养出包浆。附旋转上墨器和一瓶松烟墨。',
        en: 'Turned from one brass rod that ages with your hand. Converter and a bottle of pine-soot ink included.',
      },
      priceMinor: 21_900n,
      art: 'pen',
    },
    {
      slug: 'watercolour-set',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '24 色固体水彩', en: 'Watercolours, 24 pans' },
      description: {
        zh: '色粉足，叠色不发灰，铁盒自带调色格。附一支储水笔。',
        en: 'Strong pigments that layer cleanly, in a tin with mixing wells. A water brush comes along.',
      },
      priceMinor: 12_900n,
      art: 'paints',
    },
  ],
};
