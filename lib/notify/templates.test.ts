import { describe, expect, it } from 'vitest';
import zh from '@/messages/zh-CN/notify.json';
import type { Facts } from './facts';
import { type ToldTopic, toldTopic } from './model';
import { contentOf, shortTextOf, wordsOf } from './templates';

const facts: Facts = { amount: '¥8.00', card: '福<卡> •4417', day: '2026-12-01', path: '/cards/crd_1' };
const none: Facts = { amount: '', card: '您的卡', day: '', path: null };
const topics = Object.entries(zh.topics).flatMap(([kind, texts]) =>
  Object.keys(texts).map((name): ToldTopic => {
    const topic = toldTopic(`${kind}.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`);
    if (!topic) throw new Error(`${kind}.${name} is told to nobody`);
    return topic;
  }),
);

describe.each(['zh-CN', 'en'] as const)('%s', (locale) => {
  it.each(topics)('%s has words for every way, and leaves no gap open', (topic) => {
    const mail = contentOf(topic, facts, { locale, origin: 'https://shop.example' });
    for (const text of [mail.subject, mail.text, mail.html ?? '', shortTextOf(topic, facts, locale)]) {
      expect(text.length).toBeGreaterThan(3);
      expect(text).not.toMatch(/[{}]|undefined/);
    }
    expect(wordsOf(topic, none, locale).text).not.toMatch(/[{}]|undefined/);
  });
});

it('what a name holds is text in the mail, not markup', () => {
  const { html = '' } = contentOf('card.bound', facts, { locale: 'zh-CN', origin: 'https://shop.example' });
  expect(html).toContain('福&lt;卡&gt;');
  expect(html).not.toContain('福<卡>');
});
