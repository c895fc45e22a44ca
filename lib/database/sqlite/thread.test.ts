import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { Op, Outcome } from './protocol';
import { Thread } from './thread';

const CALLS = 100;
const folder = mkdtempSync(join(tmpdir(), 'kabao-thread-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A worker that answers each message at once, every request in it with how many it held. */
function echo({ endsAfterMessages = Number.POSITIVE_INFINITY } = {}): Thread {
  const file = join(folder, `echo-${endsAfterMessages}.mjs`);
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';
     let messages = 0;
     parentPort.on('message', (requests) => {
       parentPort.postMessage(requests.map(([id]) => [id, ${Outcome.done}, requests.length]));
       messages += 1;
       if (messages >= ${endsAfterMessages} || requests.some(([, op]) => op === ${Op.close})) parentPort.close();
     });`,
  );
  return new Thread(file, { role: 'writer', path: '-', busyTimeoutMs: 0, idleTransactionMs: 0 });
}

/** Long enough for the worker's end to be the next thing that the event loop hears of. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const askTogether = (thread: Thread) => Array.from({ length: CALLS }, () => thread.call(Op.execute));

describe('the answers of a group', () => {
  test('are handed out in parts, between which others have their turn', async () => {
    const thread = echo();
    let turns = 0;
    let isOver = false;
    const calls = askTogether(thread);
    const counting = calls[0]?.then(async () => {
      while (!isOver) {
        await turn();
        turns += 1;
      }
    });
    await Promise.all(calls);
    const turnsUntilLast = turns;
    isOver = true;
    await counting;
    expect(turnsUntilLast).toBeGreaterThan(3);
    expect(turnsUntilLast).toBeLessThan(CALLS / 2);
    await thread.close();
  });

  test('are followed by one message with all that their callers ask for next', async () => {
    const thread = echo();
    const second = await Promise.all(
      askTogether(thread).map((call) => call.then(() => thread.call(Op.execute))),
    );
    expect(second.map(([, , held]) => held)).toEqual(Array.from({ length: CALLS }, () => CALLS));
    await thread.close();
  });

  test('reach their callers though the worker ended meanwhile; what it was not asked yet fails', async () => {
    const thread = echo({ endsAfterMessages: 1 });
    const first = askTogether(thread);
    first[0]?.then(() => block(100));
    const second = first.map((call) => call.then(() => thread.call(Op.execute)));
    expect(await Promise.all(first)).toHaveLength(CALLS);
    const outcomes = await Promise.allSettled(second);
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    expect(thread.load).toBe(0);
  });
});
