import * as z from 'zod/mini';

const text = () => z._default(z.string(), '');

/** What a recipient types on the redeem page; what is needed depends on the gift, so the server says what is missing. */
export const claimSchema = z.object({ passphrase: text(), phone: text(), code: text() });
