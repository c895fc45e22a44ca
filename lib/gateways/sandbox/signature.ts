import { sign, verify } from 'node:crypto';
import { signedText } from '../alipay/protocol';

/** RSA-SHA256 over `text`, base64: Alipay's RSA2. Written apart from the SDK, so that each side checks the other. */
export function signText(text: string, privateKeyPem: string): string {
  return sign('RSA-SHA256', Buffer.from(text, 'utf8'), privateKeyPem).toString('base64');
}

export function verifyText(text: string, signature: string, publicKeyPem: string): boolean {
  return verify('RSA-SHA256', Buffer.from(text, 'utf8'), publicKeyPem, Buffer.from(signature, 'base64'));
}

/** A request is signed over every parameter but `sign`; `sign_type` is covered. */
export function verifyRequest(fields: Readonly<Record<string, string>>, publicKeyPem: string): boolean {
  return fields.sign !== undefined && verifyText(signedText(fields, ['sign']), fields.sign, publicKeyPem);
}

/** A notification and a return are signed over every parameter but `sign` and `sign_type`. */
export function signMessage(
  fields: Readonly<Record<string, string>>,
  privateKeyPem: string,
): Record<string, string> {
  return { ...fields, sign_type: 'RSA2', sign: signText(signedText(fields, []), privateKeyPem) };
}

/** Makes a signature wrong while it still looks like one: it covers other text. */
export function spoilSignature(privateKeyPem: string): string {
  return signText('not what was sent', privateKeyPem);
}
