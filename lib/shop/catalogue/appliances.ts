import { KABAO } from './merchants';
import type { Shelf } from './model';

export const APPLIANCES: Shelf = {
  category: 'appliances',
  products: [
    {
      slug: 'gooseneck-kettle',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '细嘴温控电热壶 0.9 升', en: 'Gooseneck kettle, 0.9 L' },
      description: {
        zh: '1 度控温，60 分钟保温，泡绿茶泡咖啡都合适。内胆 304 不锈钢，无缝好清洗。',
        en: 'Set it to the degree and it holds for an hour: green tea or pour-over. Seamless steel inside, easy to clean.',
      },
      priceMinor: 32_900n,
      art: 'kettle',
    },
    {
      slug: 'rice-cooker',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '小饭量电饭煲 2 升', en: 'Small rice cooker, 2 L' },
      description: {
        zh: '一人两人都够吃，杂粮、煲汤、酸奶八种菜单。24 小时预约，内胆加厚不粘。',
        en: 'Right for one or two. Eight programmes from grains to yoghurt, a day’s timer, a thick non-stick pot.',
      },
      priceMinor: 27_900n,
      art: 'cooker',
    },
    {
      slug: 'quiet-fan',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '静音落地扇 直流变频', en: 'Quiet pedestal fan' },
      description: {
        zh: '七片扇叶，最低档 26 分贝，一晚上用不到 0.2 度电。遥控器磁吸在机身上。',
        en: 'Seven blades and 26 dB at the lowest speed; a night costs less than 0.2 kWh. The remote clings to the body.',
      },
      priceMinor: 39_900n,
      art: 'fan',
    },
    {
      slug: 'cordless-vacuum',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '轻量无线吸尘器', en: 'Light cordless vacuum' },
      description: {
        zh: '整机 1.4 千克，单手拿得住，续航 45 分钟。地刷带灯，床底下也看得清。',
        en: '1.4 kg in one hand, 45 minutes a charge, and a light on the head to see under the bed.',
      },
      priceMinor: 89_900n,
      art: 'vacuum',
    },
    {
      slug: 'mist-humidifier',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '无雾加湿器 4 升', en: 'Evaporative humidifier, 4 L' },
      description: {
        zh: '冷蒸发不起白雾，不打湿桌面，上加水好清洗。水温安全，孩子房间也放心。',
        en: 'Evaporates instead of misting: no wet desk, no white dust. Fills from the top; safe in a nursery.',
      },
      priceMinor: 29_900n,
      art: 'humidifier',
    },
  ],
};
