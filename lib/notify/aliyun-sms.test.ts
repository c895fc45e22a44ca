import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { aliyunSms, authorizationOf } from './aliyun-sms';
import type { Outgoing } from './channels';

const keys = { keyId: 'testId', keySecret: 'testSecret' };
const message: Outgoing = {
  deliveryId: 'out_01jd.sms',
  topic: 'payment.paid',
  to: '+8613800138000',
  locale: 'zh-CN',
  content: { subject: '已付款', text: '已付款 8.00 元', parameters: { amount: "8.00 元 (it's *)" } },
  now: new Date('2026-11-23T02:00:00.500Z'),
};

let server: Server | null = null;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((closed) => (server ? server.close(closed) : closed(null)));
});

interface Asked {
  readonly action: string;
  readonly query: URLSearchParams;
}

/** The far side: it checks each signature from the raw request, as the protocol's page says, and answers in turn. */
async function serve(...answers: (object | 'silence' | 'rubbish')[]) {
  const asked: Asked[] = [];
  server = createServer((request, response) => {
    const problem = wrongSignature(request);
    if (problem)
      return response.writeHead(400).end(JSON.stringify({ Code: 'SignatureDoesNotMatch', Message: problem }));
    const url = new URL(request.url ?? '', 'http://far');
    asked.push({ action: String(request.headers['x-acs-action']), query: url.searchParams });
    const answer = answers[asked.length - 1] ?? { Code: 'OK', BizId: '9006^0' };
    if (answer === 'silence') return;
    response.end(answer === 'rubbish' ? '<html>' : JSON.stringify(answer));
  });
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const templates = { 'payment.paid': 'SMS_1', 'payment.paid:en': 'SMS_2' };
  const config = { ...keys, signName: '福选', templates, url: `http://127.0.0.1:${port}` };
  return { asked, config, channel: aliyunSms(config, 500) };
}

function wrongSignature(request: IncomingMessage): string | null {
  const said = /^ACS3-HMAC-SHA256 Credential=testId,SignedHeaders=([\w;-]+),Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? '',
  );
  if (!said) return 'no authorization';
  const [path, query] = (request.url ?? '').split('?');
  const names = said[1]?.split(';') ?? [];
  const mustBeSigned = Object.keys(request.headers).filter(
    (name) => name === 'host' || name.startsWith('x-acs-'),
  );
  if (mustBeSigned.some((name) => !names.includes(name))) return 'a header is not signed';
  const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
  const sorted = [...(query?.split('&') ?? [])].sort().join('&');
  const canonical =
    `${request.method}\n${path}\n${sorted}\n` +
    names.map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('') +
    `\n${names.join(';')}\n${hash('')}`;
  const expected = createHmac('sha256', keys.keySecret)
    .update(`ACS3-HMAC-SHA256\n${hash(canonical)}`)
    .digest('hex');
  return expected === said[2] ? null : 'the signature is another';
}

it('signs the example of the protocol page as the page says', () => {
  const authorization = authorizationOf({
    config: { keyId: 'YourAccessKeyId', keySecret: 'YourAccessKeySecret' },
    method: 'POST',
    path: '/',
    canonicalQuery: 'ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai',
    headers: {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      'x-acs-action': 'RunInstances',
      'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': '2014-05-26',
    },
  });
  expect(authorization).toContain('06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0');
});

it('sends by the approved template of the topic and language, under the id of the delivery', async () => {
  const { asked, channel } = await serve();
  expect(await channel.send(message)).toEqual({ status: 'sent', providerId: '9006^0' });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.action).toBe('SendSms');
  expect(Object.fromEntries(asked[0]?.query ?? [])).toEqual({
    PhoneNumbers: '13800138000',
    SignName: '福选',
    TemplateCode: 'SMS_1',
    TemplateParam: JSON.stringify({ amount: "8.00 元 (it's *)" }),
    OutId: 'out_01jd.sms',
  });
  await channel.send({ ...message, to: '+85261234567', locale: 'en' });
  expect(asked[1]?.query.get('PhoneNumbers')).toBe('85261234567');
  expect(asked[1]?.query.get('TemplateCode')).toBe('SMS_2');
});

it('gives up where no template is approved, and asks nobody', async () => {
  const { asked, channel } = await serve();
  expect(await channel.send({ ...message, topic: 'gift.due' })).toEqual({
    status: 'refused',
    code: 'no_template',
  });
  expect(asked).toEqual([]);
});

it('is told that the signature is wrong when the secret is, and tries again when it was mended', async () => {
  const { config } = await serve();
  const channel = aliyunSms({ ...config, keySecret: 'another' });
  expect(await channel.send(message)).toEqual({ status: 'again', code: 'SignatureDoesNotMatch' });
});

it.each([
  [
    { Code: 'isv.BUSINESS_LIMIT_CONTROL', Message: '13800138000 too often' },
    'again',
    'isv.BUSINESS_LIMIT_CONTROL',
  ],
  [{ Code: 'isv.AMOUNT_NOT_ENOUGH' }, 'again', 'isv.AMOUNT_NOT_ENOUGH'],
  [{ Code: 'isp.SYSTEM_ERROR' }, 'again', 'isp.SYSTEM_ERROR'],
  [{ Code: 'isv.MOBILE_NUMBER_ILLEGAL', Message: '13800138000' }, 'refused', 'isv.MOBILE_NUMBER_ILLEGAL'],
  [{ Code: 'isv.BLACK_KEY_CONTROL_LIMIT' }, 'refused', 'isv.BLACK_KEY_CONTROL_LIMIT'],
  [{ Code: 'the number 13800138000 is wrong' }, 'again', 'http_200'],
  ['rubbish', 'again', 'network'],
  ['silence', 'again', 'timeout'],
] as const)('%o', async (answer, status, code) => {
  const { channel } = await serve(answer);
  expect(await channel.send(message)).toEqual({ status, code });
});

it('finds what arrived before, today or yesterday, by the id of the delivery', async () => {
  const details = (...SmsSendDetailDTO: object[]) => ({
    Code: 'OK',
    SmsSendDetailDTOs: { SmsSendDetailDTO },
  });
  const { asked, channel } = await serve(
    details({ OutId: 'another', SendStatus: 3 }),
    details({ OutId: 'out_01jd.sms', SendStatus: 1 }),
    details(),
    details({ OutId: 'out_01jd.sms', SendStatus: 2 }),
    { Code: 'isv.SYSTEM_ERROR' },
  );
  const late = { ...message, now: new Date('2026-11-23T16:30:00.000Z') };
  expect(await channel.find?.(late)).toEqual({ status: 'sent', providerId: null });
  expect(asked.map(({ query }) => query.get('SendDate'))).toEqual(['20261124', '20261123']);
  expect(asked[0]?.query.get('PhoneNumber')).toBe('13800138000');
  expect(await channel.find?.(late)).toBeNull();
  expect(await channel.find?.(late)).toEqual({ status: 'again', code: 'isv.SYSTEM_ERROR' });
});
