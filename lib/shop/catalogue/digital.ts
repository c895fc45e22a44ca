import { KABAO, OVERTONE } from './merchants';
import type { Shelf } from './model';

export const DIGITAL: Shelf = {
  category: 'digital',
  products: [
    {
      slug: 'phone-lan-8',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '澜 8 手机 12 + 256 GB', en: 'Lan 8 phone, 12 + 256 GB' },
      description: {
        zh: '6.3 英寸小直屏，一手握得住。5500 毫安时电池，轻度使用两天一充。',
        en: 'A 6.3-inch flat screen that fits one hand. With 5,500 mAh, two light days to a charge.',
      },
      priceMinor: 299_900n,
      art: 'phone',
    },
    {
      slug: 'tablet-jian-11',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '笺 11 学习平板', en: 'Jian 11 tablet' },
      description: {
        zh: '11 英寸类纸屏，写字有阻尼，看久不累。家长可设时长，护眼模式自动开。',
        en: 'Eleven inches with a paper-like surface to write on. Parents set the hours; eye care turns itself on.',
      },
      priceMinor: 189_900n,
      art: 'tablet',
    },
    {
      slug: 'earbuds-kong',
      merchant: OVERTONE,
      kind: 'goods',
      title: { zh: '空谷降噪耳机', en: 'Konggu noise-cancelling earbuds' },
      description: {
        zh: '42 分贝主动降噪，地铁里也听得清人声。连盒续航 36 小时，单耳 4.6 克。',
        en: '42 dB of noise cancelling; voices stay clear on the underground. 36 hours with the case, 4.6 g an ear.',
      },
      priceMinor: 39_900n,
      art: 'earbuds',
    },
    {
      slug: 'bookshelf-speaker',
      merchant: OVERTONE,
      kind: 'goods',
      title: { zh: '回声书架音箱 一对', en: 'Huisheng bookshelf speakers, pair' },
      description: {
        zh: '胡桃木箱体，四英寸低音，人声温厚。蓝牙、光纤、唱机都能接。',
        en: 'Walnut cabinets, four-inch woofers, a warm voice. Bluetooth, optical, turntable.',
      },
      priceMinor: 128_000n,
      art: 'speaker',
    },
    {
      slug: 'mechanical-keyboard',
      merchant: KABAO,
      kind: 'goods',
      title: { zh: '74 键静音机械键盘', en: 'Quiet 74-key mechanical keyboard' },
      description: {
        zh: '静音轴加消音棉，办公室也能用。三模连接，热插拔，随机附两套键帽。',
        en: 'Silent switches and foam: fit for an office. Cable, Bluetooth or 2.4 GHz, hot-swap, two sets of caps.',
      },
      priceMinor: 36_900n,
      art: 'keyboard',
    },
    {
      slug: 'instant-camera',
      merchant: OVERTONE,
      kind: 'goods',
      title: { zh: '瞬影拍立得相机', en: 'Shunying instant camera' },
      description: {
        zh: '对着笑脸按下去，一分钟拿到照片。自动测光，背面有自拍镜，附十张相纸。',
        en: 'Press, wait a minute, hold the picture. Meters by itself, has a selfie mirror, comes with ten sheets.',
      },
      priceMinor: 52_900n,
      art: 'camera',
    },
  ],
};
