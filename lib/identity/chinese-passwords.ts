/**
 * What Chinese passwords are commonly built from, the commonest first: the packaged list of leaked passwords knows
 * mostly English ones. Number words (520 "I love you", 1314 "all one's life"), phrases, kin, surnames and given names
 * in pinyin, and the usual heads and tails.
 */
export const CHINESE_PASSWORD_WORDS: string[] = [
  ...['520', '1314', '5201314', '1314520', '521', '666', '888', '168', '518', '8888', '6666', '9527'],
  ...[
    'woaini',
    'woaiwoziji',
    'woaiwojia',
    'aini',
    'woshishui',
    'wodemima',
    'mima',
    'nihao',
    'zhongguo',
    'haha',
  ],
  ...['laopo', 'laogong', 'baobao', 'baobei', 'mama', 'baba', 'qinaide', 'tiantian', 'meimei', 'xiaoxiao'],
  ...[
    'beijing',
    'shanghai',
    'guangzhou',
    'shenzhen',
    'hangzhou',
    'chengdu',
    'taobao',
    'jingdong',
    'zhifubao',
  ],
  ...['weixin', 'wechat', 'alipay', 'gouwuka', 'qq', 'asd', 'zxc', 'abc', 'aaa', 'qwe', 'asdasd', 'qweasd'],
  ...['wang', 'li', 'zhang', 'liu', 'chen', 'yang', 'huang', 'zhao', 'wu', 'zhou', 'xu', 'sun', 'ma', 'zhu'],
  ...['hu', 'guo', 'he', 'lin', 'gao', 'luo', 'zheng', 'liang', 'xie', 'song', 'tang', 'deng', 'feng', 'cao'],
  ...['wei', 'fang', 'na', 'min', 'jing', 'lei', 'jun', 'yan', 'jie', 'juan', 'tao', 'ming', 'chao', 'ping'],
  ...['xiaoming', 'xiaohong', 'xiaolong', 'xiaoyu', 'lili', 'jiajia', 'yangyang', 'mengmeng', 'tingting'],
];
