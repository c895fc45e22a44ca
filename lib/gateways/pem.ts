/**
 * PEM text of a key given as PEM or, as payment platforms hand them out, as bare base64 of its DER.
 * A PEM that travelled through an environment variable may have `\n` for its line ends.
 */
export function pemOf(key: string, label: 'PRIVATE KEY' | 'PUBLIC KEY'): string {
  const text = key.replaceAll('\\n', '\n').trim();
  if (text.startsWith('-----BEGIN')) return `${text}\n`;
  const lines = text.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
