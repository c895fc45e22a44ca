import type { CatalogueMerchant } from './model';

export const KABAO: CatalogueMerchant = {
  id: 'mer_00000000000000000000000001',
  kind: 'self',
  name: { zh: '卡包商城', en: 'Kabao Store' },
};

export const KABAO_FRESH: CatalogueMerchant = {
  id: 'mer_00000000000000000000000002',
  kind: 'self',
  name: { zh: '卡包生鲜', en: 'Kabao Fresh' },
};

export const HEWAN: CatalogueMerchant = {
  id: 'mer_00000000000000000000000003',
  kind: 'pop',
  name: { zh: '禾湾农场', en: 'Hewan Farm' },
};

export const FERRY: CatalogueMerchant = {
  id: 'mer_00000000000000000000000004',
  kind: 'pop',
  name: { zh: '渡口茶行', en: 'Ferry Tea House' },
};

export const OVERTONE: CatalogueMerchant = {
  id: 'mer_00000000000000000000000005',
  kind: 'pop',
  name: { zh: '弦外数码', en: 'Overtone Audio' },
};

export const LINGWAI: CatalogueMerchant = {
  id: 'mer_00000000000000000000000006',
  kind: 'pop',
  name: { zh: '岭外户外', en: 'Lingwai Outdoor' },
};

export const YUNSUO: CatalogueMerchant = {
  id: 'mer_00000000000000000000000007',
  kind: 'pop',
  name: { zh: '云梭布坊', en: 'Cloudshuttle Textiles' },
};

export const LEAFTURN: CatalogueMerchant = {
  id: 'mer_00000000000000000000000008',
  kind: 'pop',
  name: { zh: '拾页书局', en: 'Leafturn Books' },
};

export const SEESAW: CatalogueMerchant = {
  id: 'mer_00000000000000000000000009',
  kind: 'pop',
  name: { zh: '跷板玩具铺', en: 'Seesaw Toys' },
};

export const HENGZUO: CatalogueMerchant = {
  id: 'mer_0000000000000000000000000a',
  kind: 'pop',
  name: { zh: '衡作金行', en: 'Hengzuo Bullion' },
};

export const MERCHANTS: readonly CatalogueMerchant[] = [
  KABAO,
  KABAO_FRESH,
  HEWAN,
  FERRY,
  OVERTONE,
  LINGWAI,
  YUNSUO,
  LEAFTURN,
  SEESAW,
  HENGZUO,
];
