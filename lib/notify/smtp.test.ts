import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { Outgoing } from './channels';
import { type SmtpChannel, smtpChannel } from './smtp';

const message: Outgoing = {
  deliveryId: 'out_01jd.email',
  topic: 'gift.due',
  to: 'lilei@example.test',
  locale: 'zh-CN',
  content: { subject: '小明送您一张卡\r\nBcc: eve@example.test', text: '打开看看', html: '<p>打开看看</p>' },
  now: new Date('2026-11-23T02:00:00.000Z'),
};

type Step = 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'BODY' | 'RSET' | 'QUIT';

let server: Server;
let channel: SmtpChannel;
const sockets = new Set<Socket>();

afterEach(async () => {
  channel.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((closed) => server.close(closed));
});

/** A server that takes mail as RFC 5321 has it; `answers` replaces its reply to a step, `null` is silence. */
async function serve(answers: Partial<Record<Step, string | null>> = {}, timeoutMs = 5_000) {
  const mails: string[] = [];
  const commands: string[] = [];
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let body: string | null = null;
    let held = '';
    const reply = (step: Step, usual: string) => {
      const answer = step in answers ? answers[step] : usual;
      if (answer) socket.write(`${answer}\r\n`);
    };
    const take = (line: string) => {
      if (body !== null && line !== '.') {
        body += `${line}\n`;
        return;
      }
      if (body !== null) {
        mails.push(body);
        body = null;
        return reply('BODY', '250 taken');
      }
      commands.push(line);
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') return reply('EHLO', '250-here\r\n250 8BITMIME');
      if (verb === 'DATA') {
        if (!('DATA' in answers)) body = '';
        return reply('DATA', '354 go on');
      }
      if (verb === 'STAR') return void socket.write('502 not here\r\n');
      reply(verb === 'MAIL' ? 'MAIL' : verb === 'RCPT' ? 'RCPT' : 'RSET', '250 ok');
    };
    socket.write('220 here\r\n');
    socket.on('data', (chunk) => {
      held += chunk.toString('utf8');
      for (let end = held.indexOf('\r\n'); end >= 0; end = held.indexOf('\r\n')) {
        const line = held.slice(0, end);
        held = held.slice(end + 2);
        take(line);
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  channel = smtpChannel({ url: `smtp://127.0.0.1:${port}`, from: '卡包 <no-reply@shop.example>' }, timeoutMs);
  return { mails, commands, port };
}

it('hands a mail over with an id of its own, in text and html, and adds no header that a text brought along', async () => {
  const { mails, commands } = await serve();
  const sending = await channel.send(message);
  expect(sending).toEqual({ status: 'sent', providerId: '<out_01jd.email@shop.example>' });
  expect(commands).toContain('RCPT TO:<lilei@example.test>');
  expect(commands.join()).not.toContain('eve');
  expect(mails).toHaveLength(1);
  const [mail = ''] = mails;
  expect(mail).toContain('Message-ID: <out_01jd.email@shop.example>');
  expect(mail).toContain('Auto-Submitted: auto-generated');
  expect(mail).toContain('Content-Type: multipart/alternative');
  expect(mail).toContain(Buffer.from('打开看看').toString('base64'));
  expect(mail).not.toMatch(/^Bcc:/im);
});

it('a mail that is sent again has the same id', async () => {
  const { mails } = await serve();
  await channel.send(message);
  await channel.send(message);
  const ids = mails.map((mail) => /^Message-ID: (.*)$/m.exec(mail)?.[1]);
  expect(ids).toEqual(['<out_01jd.email@shop.example>', '<out_01jd.email@shop.example>']);
});

it.each([
  [
    'an address that there is not',
    { RCPT: '550 5.1.1 <lilei@example.test> is unknown' },
    'refused',
    'EENVELOPE 550',
  ],
  [
    'a text that the server will not take',
    { BODY: '554 5.7.1 https://x.test/g/secret' },
    'refused',
    'EMESSAGE 554',
  ],
  ['a mailbox that is busy', { RCPT: '450 4.2.1 <lilei@example.test> try later' }, 'again', 'EENVELOPE 450'],
  ['a server that is full', { BODY: '452 4.3.1 later' }, 'again', 'EMESSAGE 452'],
  ['a server that says no to us', { EHLO: '421 closing' }, 'again', expect.any(String)],
] as const)('%s', async (_, answers, status, code) => {
  await serve(answers);
  const sending = await channel.send(message);
  expect(sending).toEqual({ status, code });
  expect(JSON.stringify(sending)).not.toMatch(/lilei|secret/);
});

it('a server that falls silent holds nobody up', async () => {
  await serve({ BODY: null }, 200);
  expect(await channel.send(message)).toMatchObject({ status: 'again' });
});

it('a server that is not there is tried again', async () => {
  await serve();
  await new Promise((closed) => server.close(closed));
  expect(await channel.send(message)).toMatchObject({ status: 'again' });
});

it('a server elsewhere that speaks no TLS gets no mail', async () => {
  const { mails, port } = await serve();
  channel.close();
  // The name leads to this machine but is not one of those that are known to.
  channel = smtpChannel({ url: `smtp://127.0.0.2:${port}`, from: 'a@shop.example' }, 1_000);
  await new Promise((closed) => server.close(closed));
  await new Promise<void>((listening) => server.listen(port, '0.0.0.0', listening));
  expect(await channel.send(message)).toEqual({ status: 'again', code: 'ETLS 502' });
  expect(mails).toEqual([]);
});
