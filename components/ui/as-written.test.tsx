import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { AsWritten, Quoting } from './as-written';

test('what somebody wrote in Chinese is marked as Chinese, and nothing else', () => {
  expect(renderToStaticMarkup(<AsWritten>小李 (Li)</AsWritten>)).toBe('<span lang="zh-CN">小李 (Li)</span>');
  expect(renderToStaticMarkup(<AsWritten>Anna</AsWritten>)).toBe('<span>Anna</span>');
});

test.each([
  ['王芳 has sent you a gift', '<span lang="zh-CN">王芳</span> has sent you a gift'],
  ['From 王芳', 'From <span lang="zh-CN">王芳</span>'],
  [
    'From 王芳 and 小李, with love',
    'From <span lang="zh-CN">王芳</span> and <span lang="zh-CN">小李</span>, with love',
  ],
  [
    '单用途商业预付卡管理办法（商务部令2012年第9号）, article 15',
    '<span lang="zh-CN">单用途商业预付卡管理办法（商务部令2012年第9号）</span>, article 15',
  ],
  ['From Anna', 'From Anna'],
])('in the sentence "%s" only the Chinese is marked', (sentence, html) => {
  expect(renderToStaticMarkup(<Quoting>{sentence}</Quoting>)).toBe(html);
});

test('a Chinese sentence is of the page’s own language, or marked as a whole around it', () => {
  expect(renderToStaticMarkup(<Quoting>王芳送您一份礼物</Quoting>)).toBe('王芳送您一份礼物');
});
