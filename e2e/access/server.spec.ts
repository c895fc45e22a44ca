import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { newId } from '../../lib/kernel';
import { serverCommand } from '../../scripts/server-command.mjs';
import { expect, signUpSomebody, test } from '../demo';
import { startAnotherServer } from '../servers';

test('a server that cannot have its port ends, says why and has begun nothing', async ({ demo }) => {
  const database = join(demo.folder, 'of-a-server-without-a-port.db');
  const settings = { KABAO_DEMO: '1', KABAO_DATA_DIR: demo.folder, DATABASE_URL: `file:${database}` };
  const attempt = async (port: string) => {
    const child = spawn(process.execPath, serverCommand(port), {
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...settings, PORT: port },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (part) => {
      said += part;
    });
    const [code] = await once(child, 'close');
    return { code, said };
  };
  const taken = new URL(demo.url).port;
  expect(await attempt(taken)).toEqual({ code: 1, said: expect.stringContaining(`Port ${taken} is taken`) });
  for (const port of ['80a', '99999', '']) {
    expect(await attempt(port)).toEqual({
      code: 1,
      said: expect.stringContaining('PORT must be 1 to 65535'),
    });
  }
  // The worker would have opened it.
  expect(existsSync(database)).toBe(false);
});

test('a server that is asked to end, and asked again, answers what is under way', async ({ demo, page }) => {
  await signUpSomebody(page);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const server = await startAnotherServer(demo, {});
  const { port } = new URL(server.url);
  const order = newId('ord');
  const form = 'idempotencyKey=1&cardMinor=x';
  const socket = connect(Number(port), 'localhost');
  let answer = '';
  socket.setEncoding('utf8').on('data', (part) => {
    answer += part;
  });
  socket.write(
    `POST /checkout/${order}/pay HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: ${server.url}\r\nCookie: ${cookie}\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form.slice(0, 5)}`,
  );
  await new Promise((wait) => setTimeout(wait, 500));
  const ended = server.stop();
  await new Promise((wait) => setTimeout(wait, 500));
  void server.stop();
  await new Promise((wait) => setTimeout(wait, 500));
  await expect(page.request.get(`${server.url}/healthz`)).rejects.toThrow();
  socket.write(form.slice(5));
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 303 /);
  expect(answer).toContain(`/checkout/${order}?problem=form_incomplete`);
  await ended;
});
