import * as z from 'zod/mini';
import { maskPerson } from './document';

/** Where cards of plastic go; kept sealed, shown masked. */
export const addressSchema = z.object({ recipient: z.string(), phone: z.string(), address: z.string() });
export type Address = z.infer<typeof addressSchema>;

/** `林•• 138••••8000 浙江省杭州市••••••`: enough for a buyer to recognise it. */
export function maskAddress({ recipient, phone, address }: Address): string {
  const digits = phone.replace(/\D/g, '');
  const masked = digits.length >= 7 ? `${digits.slice(0, 3)}••••${digits.slice(-4)}` : '••••';
  return `${maskPerson(recipient)} ${masked} ${[...address].slice(0, 6).join('')}••••••`;
}
