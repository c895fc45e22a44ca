import { describe, expect, test } from 'vitest';
import { maskContact, parseContact } from './contact';
import { isStorableText } from './text';

describe('a masked address', () => {
  test.each([
    ['lin.yi@example.com', 'l•••@example.com'],
    ['a@b.cn', 'a•••@b.cn'],
    ['😀a@b.cn', '😀•••@b.cn'],
    ['𠮷田@b.cn', '𠮷•••@b.cn'],
    ['13800138000', '138 •••• 8000'],
  ])('of %s is %s, and can be stored', (text, masked) => {
    const contact = parseContact(text);
    const shown = contact && maskContact(contact);
    expect(shown).toBe(masked);
    expect(isStorableText(shown ?? '')).toBe(true);
  });
});
