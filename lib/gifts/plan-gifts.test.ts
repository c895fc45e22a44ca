import { describe, expect, test } from 'vitest';
import { DAY_MS, plusMs } from '@/lib/kernel';
import { deliveryOf, planGifts, storedPlanSchema } from './plan-gifts';
import { giftPlanSchema, readRecipientList } from './schemas';

const NOW = new Date('2026-03-01T02:00:00.000Z');

const fields = (over: Record<string, string> = {}) =>
  giftPlanSchema.safeParse({
    senderName: '王芳',
    recipientName: '小李',
    channel: 'email',
    address: 'li@example.test',
    ...over,
  });

const problemsOf = (over: Record<string, string>) =>
  (fields(over).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('when a gift arrives', () => {
  test.each([
    ['Asia/Shanghai', '2026-10-01', '08:30', '2026-10-01T00:30:00.000Z'],
    // Before and after clocks are put forward in New York, on 8 March 2026.
    ['America/New_York', '2026-03-07', '09:00', '2026-03-07T14:00:00.000Z'],
    ['America/New_York', '2026-03-09', '09:00', '2026-03-09T13:00:00.000Z'],
    // A quarter of an hour that clocks skip, and an hour that they show twice.
    ['America/New_York', '2026-03-08', '02:15', '2026-03-08T07:15:00.000Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
    ['Europe/London', '2026-10-25', '01:30', '2026-10-25T00:30:00.000Z'],
    // Half an hour of summer time, and the other half of the earth.
    ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
    ['Asia/Kathmandu', '2026-06-01', '00:00', '2026-05-31T18:15:00.000Z'],
  ])('in %s on %s at %s', async (zone, date, time, instant) => {
    const parsed = fields({ when: 'later', zone, date, time });
    const plan = parsed.data && (await planGifts(parsed.data, NOW));
    expect(plan?.ok && deliveryOf(plan.value, NOW).toISOString()).toBe(instant);
  });

  test('is at once when the payment took longer than the sender thought', async () => {
    const parsed = fields({ when: 'later', date: '2026-03-02', time: '09:00' });
    const plan = parsed.data && (await planGifts(parsed.data, NOW));
    const paid = plusMs(NOW, 3 * DAY_MS);
    expect(plan?.ok && deliveryOf(plan.value, paid)).toEqual(paid);
  });

  test.each([
    [{ date: '2026-02-28', time: '09:00' }, 'deliver_past'],
    [{ date: '2027-03-05', time: '09:00' }, 'deliver_too_far'],
    [{ date: '2026-02-31', time: '09:00' }, 'date_missing'],
    [{ date: '2026-04-01', time: '09:00', zone: 'Mars/Olympus' }, 'zone_unknown'],
  ])('%o is refused as %s', async (over, code) => {
    const parsed = fields({ when: 'later', ...over });
    const plan = parsed.data && (await planGifts(parsed.data, NOW));
    expect(plan?.ok === false && plan.refusal.problems.map((problem) => problem.code)).toEqual([code]);
  });
});

describe('the form of a plan', () => {
  test('says everything that is wrong at once, at its fields', () => {
    expect(
      problemsOf({
        senderName: ' ',
        recipientName: 'x'.repeat(41),
        address: '13800138000',
        message: 'x'.repeat(201),
        passphrase: 'ab',
        when: 'later',
      }),
    ).toEqual([
      'message: message_too_long',
      'senderName: sender_missing',
      'recipientName: recipient_too_long',
      'address: email_invalid',
      'date: date_missing',
      'time: time_missing',
      'passphrase: passphrase_too_short',
    ]);
    expect(problemsOf({ channel: 'sms' })).toEqual(['address: sms_invalid']);
    expect(problemsOf({ channel: 'link', address: '' })).toEqual([]);
    expect(problemsOf({ phoneCheck: 'on' })).toEqual(['phone: phone_missing']);
    expect(problemsOf({ audience: 'many' })).toEqual(['list: list_missing']);
    expect(problemsOf({ message: 'a\u0000b' })).toEqual(['message: unreadable']);
  });

  test('becomes a plan that can be kept as JSON and holds no passphrase', async () => {
    const parsed = fields({ passphrase: '老地方', channel: 'sms', address: '13800138000', phoneCheck: 'on' });
    const plan = parsed.data && (await planGifts(parsed.data, NOW));
    const text = JSON.stringify(plan?.ok && plan.value);
    expect(text).not.toContain('老地方');
    expect(storedPlanSchema.parse(JSON.parse(text))).toMatchObject({
      theme: 'everyday',
      deliver: null,
      recipients: [{ name: '小李', channel: 'sms', address: '+8613800138000', phone: '+8613800138000' }],
    });
  });
});

describe('a list of recipients', () => {
  test('is read as people write it, with or without a heading', () => {
    const { recipients, problems } = readRecipientList(
      '\uFEFF姓名,邮箱或手机\r\n李雷，lilei@example.com\n"Wang, Fang"; 138-0013-8000\n\n老张\tzhang@example.com\n老赵',
    );
    expect(problems).toEqual([]);
    expect(recipients).toEqual([
      { name: '李雷', channel: 'email', address: 'lilei@example.com', phone: null },
      { name: 'Wang, Fang', channel: 'sms', address: '+8613800138000', phone: null },
      { name: '老张', channel: 'email', address: 'zhang@example.com', phone: null },
      { name: '老赵', channel: 'link', address: null, phone: null },
    ]);
  });

  test('says line by line what is wrong', () => {
    const { recipients, problems } = readRecipientList(
      'a,a@example.com\n,b@example.com\nc,nonsense\nd,A@EXAMPLE.com\ne,e@example.com,13800138000,x',
    );
    expect(recipients).toHaveLength(1);
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [2, 'name_missing'],
      [3, 'address_wrong'],
      [4, 'twice'],
      [5, 'too_many_columns'],
    ]);
  });

  test('needs a phone on every line when one is to be proved', () => {
    const list = 'a,13800138000\nb,b@example.com\nc,c@example.com,13900139000\nd,d@example.com,12';
    const { recipients, problems } = readRecipientList(list, { phoneCheck: true });
    expect(recipients.map(({ phone }) => phone)).toEqual(['+8613800138000', '+8613900139000']);
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [2, 'phone_missing'],
      [4, 'phone_wrong'],
    ]);
  });

  test('takes two hundred and no more', () => {
    const list = Array.from({ length: 203 }, (_, index) => `n${index},n${index}@example.com`).join('\n');
    const { recipients, problems } = readRecipientList(list);
    expect(recipients).toHaveLength(200);
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [201, 'beyond_limit'],
      [202, 'beyond_limit'],
      [203, 'beyond_limit'],
    ]);
  });
});
