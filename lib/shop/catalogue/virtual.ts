import { KABAO, LEAFTURN } from './merchants';
import type { Shelf } from './model';

export const VIRTUAL: Shelf = {
  category: 'virtual',
  products: [
    {
      slug: 'mobile-topup-100',
      merchant: KABAO,
      kind: 'virtual',
      title: { zh: '手机话费充值 100 元', en: 'Mobile top-up, CNY 100' },
      description: {
        zh: '三大运营商通用，付款后 10 分钟内到账，填错号码无法追回。虚拟商品不支持退货。',
        en: 'For every mainland carrier, credited within ten minutes. A wrong number cannot be called back. No returns.',
      },
      priceMinor: 9980n,
      art: 'topup',
    },
    {
      slug: 'mobile-data-20g',
      merchant: KABAO,
      kind: 'virtual',
      title: { zh: '手机流量包 20 GB 30 天', en: 'Mobile data, 20 GB, 30 days' },
      description: {
        zh: '全国通用，当日生效，到期不续订。虚拟商品不支持退货。',
        en: 'Works nationwide from today and does not renew. No returns.',
      },
      priceMinor: 4500n,
      art: 'data',
    },
    {
      slug: 'game-points-500',
      merchant: KABAO,
      kind: 'virtual',
      title: { zh: '云屿游戏点券 500 点', en: 'Yunyu game points, 500' },
      description: {
        zh: '付款后显示兑换码，可在任意云屿平台游戏内使用。虚拟商品不支持退货。',
        en: 'The code appears once you have paid; use it in any game on the Yunyu platform. No returns.',
      },
      priceMinor: 5000n,
      art: 'game',
    },
    {
      slug: 'ebook-slow-cooking',
      merchant: LEAFTURN,
      kind: 'virtual',
      title: { zh: '电子书《慢火》', en: 'Slow Fire (e-book)' },
      description: {
        zh: '四十道炖煮，一个人到一家人的分量都写清楚。EPUB 格式，付款后即可下载。',
        en: 'Forty stews, with amounts for one or for the family. EPUB, ready once you have paid. In Chinese.',
      },
      priceMinor: 1990n,
      art: 'ebook',
    },
    {
      slug: 'video-pass-quarter',
      merchant: KABAO,
      kind: 'virtual',
      title: { zh: '长廊视频会员 季卡', en: 'Changlang video pass, 3 months' },
      description: {
        zh: '手机、平板、电视三端同看，同时在线两台。兑换码一年内有效。',
        en: 'On phone, tablet and television, two at a time. Redeem the code within a year.',
      },
      priceMinor: 6800n,
      art: 'video',
    },
  ],
};
