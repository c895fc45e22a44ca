import { expect, test } from 'vitest';
import { giftMail } from '@/lib/notify';
import { framedMail } from './framed-mail';

const mail = giftMail({
  locale: 'en',
  title: 'A gift',
  text: 'She wrote: style="color:red"',
  href: 'https://kabao.test/g/x',
});

test('in a frame each style of a mail stands in a sheet with the nonce, and none on an element', () => {
  const styles = [...mail.matchAll(/ style="([^"]*)"/g)].map(([, style]) => style);
  expect(styles.length).toBeGreaterThan(4);
  const framed = framedMail(mail, 'n0nce');
  expect(framed).not.toMatch(/ style="/);
  const [, sheet = ''] = /<style nonce="n0nce">(.*)<\/style>/.exec(framed) ?? [];
  styles.forEach((style, index) => {
    expect(sheet).toContain(`.s${index}{${style}}`);
    expect(framed).toContain(` class="s${index}"`);
  });
});

test('what the mail says stays as it was written', () => {
  expect(framedMail(mail, 'n')).toContain('She wrote: style=&quot;color:red&quot;');
});
