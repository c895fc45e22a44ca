import { expect, test } from 'vitest';
import { isStorableText } from './text';

test('what people write can be kept, also emoji, line breaks and characters beyond the first plane', () => {
  for (const text of ['', '王阿姨', 'Zoë\nO’Neil\t', '👵🏻 𠮷野家', '\u{10ffff}'])
    expect(isStorableText(text)).toBe(true);
});

test('a zero byte or half a surrogate pair cannot be kept, wherever it stands', () => {
  for (const text of ['\0', '王\0阿姨', '\ud83d', '\udc75\ud83d', 'a\udc00'])
    expect(isStorableText(text)).toBe(false);
});
