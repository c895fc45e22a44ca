import { isStorableText } from '@/lib/kernel/text';

/** Whether the path of an address can be read: its percent signs stand for characters that a text may hold. */
export function isReadablePath(pathname: string): boolean {
  try {
    return isStorableText(decodeURIComponent(pathname));
  } catch {
    return false;
  }
}
