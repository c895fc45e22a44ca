import * as z from 'zod/mini';
import { isStorableText } from '@/lib/kernel/text';
import { parseLogin } from './login';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from './model';

/** Issue messages are codes; their sentences stand in `identity.errors`. */
const login = z.string('login_missing').check(
  z.trim(),
  z.minLength(1, { error: 'login_missing', abort: true }),
  z.refine((text) => parseLogin(text) !== null, 'login_invalid'),
);

const givenPassword = z
  .string('password_missing')
  .check(
    z.minLength(1, { error: 'password_missing', abort: true }),
    z.maxLength(PASSWORD_MAX_LENGTH, 'password_too_long'),
  );

/** Length is all that a browser can judge; common and leaked passwords are refused by the server. */
const newPassword = z
  .string('password_missing')
  .check(
    z.minLength(1, { error: 'password_missing', abort: true }),
    z.minLength(PASSWORD_MIN_LENGTH, 'password_too_short'),
    z.maxLength(PASSWORD_MAX_LENGTH, 'password_too_long'),
  );

const nameText = z
  .string('name_missing')
  .check(z.trim(), z.maxLength(40, 'name_too_long'), z.refine(isStorableText, 'name_unreadable'));

const name = z._default(nameText, '');

export const signInSchema = z.object({ login, password: givenPassword });

export const signUpSchema = z.object({ login, name, password: newPassword });

export const changePasswordSchema = z.object({ currentPassword: givenPassword, newPassword });

export const changeNameSchema = z.object({
  name: nameText.check(z.minLength(1, 'name_missing')),
});

export const revokeSessionSchema = z.object({ sessionId: z.string() });
