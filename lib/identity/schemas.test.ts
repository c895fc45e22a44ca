import { expect, test } from 'vitest';
import { changeNameSchema, signUpSchema } from './schemas';

const account = { login: '13800138000', password: 'walks on the wet grass' };

test.each(['王\0阿姨', '\ud83d王阿姨', '王阿姨\udc75'])(
  '%j is refused as a name, with its own words',
  (name) => {
    const wrong = [{ path: ['name'], message: 'name_unreadable' }];
    expect(signUpSchema.safeParse({ ...account, name }).error?.issues).toMatchObject(wrong);
    expect(changeNameSchema.safeParse({ name }).error?.issues).toMatchObject(wrong);
  },
);

test('a name may hold emoji and rare characters, and may be left out at sign-up alone', () => {
  expect(signUpSchema.parse({ ...account, name: ' 王阿姨👵🏻𠮷 ' }).name).toBe('王阿姨👵🏻𠮷');
  expect(signUpSchema.parse(account).name).toBe('');
  expect(changeNameSchema.safeParse({ name: ' ' }).error?.issues).toMatchObject([
    { message: 'name_missing' },
  ]);
  expect(changeNameSchema.safeParse({}).error?.issues).toMatchObject([{ message: 'name_missing' }]);
});
