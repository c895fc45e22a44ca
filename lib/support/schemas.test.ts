import { expect, test } from 'vitest';
import { cardActSchema } from './schemas';

const cardId = 'crd_01jd8z6k4v9y2m3n5p7q8r0s1t';

test.each(['来电挂失\0', '来电挂失\ud83d'])('%j is refused as a reason, with its own words', (reason) => {
  expect(cardActSchema.safeParse({ cardId, reason }).error?.issues).toMatchObject([
    { path: ['reason'], message: 'reason_unreadable' },
  ]);
});

test('a reason may hold what people type', () => {
  expect(cardActSchema.parse({ cardId, reason: ' 来电挂失 👵\n尾号 1234 ' }).reason).toBe(
    '来电挂失 👵\n尾号 1234',
  );
});
