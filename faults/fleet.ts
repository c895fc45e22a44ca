import { type ChildProcess, spawn } from 'node:child_process';
import { fstatSync, openSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { serverCommand } from '../scripts/server-command.mjs';
import { pause } from './chance';

/** How a server ended. */
export interface Death {
  /** The named step at which it killed itself; null when it did not. */
  readonly step: string | null;
  /** How it ended when nobody asked for it (neither a named step nor `kill`), which is a fault; else null. */
  readonly unasked: string | null;
}

/** One production server that is started again and again. */
export interface Server {
  readonly port: number;
  isAlive(): boolean;
  isReady(): boolean;
  /** Starts it. `faults` (each `step@count`) are places at which it kills itself; the first one reached counts. */
  start(faults?: readonly string[]): void;
  /** Waits until it serves or has died, at most `ms`. True when it serves. */
  untilReady(ms?: number): Promise<boolean>;
  /** Waits until it has died, at most `ms`. */
  untilDead(ms: number): Promise<boolean>;
  /** Sends SIGKILL and waits until it has died. */
  kill(): Promise<void>;
}

export interface FleetOptions {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onDeath: (death: Death) => void;
  readonly nodeFlags?: readonly string[];
  /** What the command line of a server begins with (`strace …`), asked at each start. */
  readonly launcher?: () => readonly string[];
}

/** Servers of one build on one database, all with the same configuration. */
export async function openFleet(count: number, options: FleetOptions): Promise<Server[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort());
  return ports.map((port) => openServer(port, options));
}

interface Running {
  readonly child: ChildProcess;
  readonly armed: boolean;
  ready: boolean;
  alive: boolean;
  killed: boolean;
}

function openServer(port: number, options: FleetOptions): Server {
  let running: Running | null = null;
  const logFile = join(options.folder, `server-${port}.log`);
  const log = openSync(logFile, 'a');
  const isAlive = () => running?.alive ?? false;
  const untilDead = async (ms: number): Promise<boolean> => {
    for (const deadline = Date.now() + ms; isAlive() && Date.now() < deadline; ) await pause(10);
    return !isAlive();
  };
  return {
    port,
    isAlive,
    isReady: () => isAlive() && (running?.ready ?? false),
    start: (faults = []) => {
      const server = [process.execPath, ...(options.nodeFlags ?? []), ...serverCommand(String(port))];
      const [program = '', ...args] = [...(options.launcher?.() ?? []), ...server];
      const child = spawn(program, args, {
        env: {
          ...options.env,
          PORT: String(port),
          ...(faults.length > 0 ? { KABAO_FAULT: faults.join() } : {}),
        },
        stdio: ['ignore', log, log],
        // In a process group of its own: Ctrl-C stops the faults, and the servers must live on until the verdict.
        detached: true,
      });
      const started: Running = { child, armed: faults.length > 0, ready: false, alive: true, killed: false };
      const before = fstatSync(log).size;
      child.once('exit', (code, signal) => {
        started.alive = false;
        const said = () => readFileSync(logFile).subarray(before).toString('utf8');
        options.onDeath(deathOf(started, { how: signal ?? `code ${code}`, said }));
      });
      running = started;
    },
    untilReady: async (ms = 60_000) => {
      const waitedFor = running;
      for (const deadline = Date.now() + ms; waitedFor?.alive && Date.now() < deadline; await pause(50)) {
        if (!(await isServing(port))) continue;
        waitedFor.ready = true;
        return waitedFor.alive;
      }
      return false;
    },
    untilDead,
    kill: async () => {
      if (!running?.alive) return;
      running.killed = true;
      running.child.kill('SIGKILL');
      await untilDead(10_000);
    },
  };
}

/** A server that reaches its named step says so before it dies; it may also be killed from outside before that. */
function deathOf(
  { killed, armed }: Running,
  { how, said }: { readonly how: string; readonly said: () => string },
): Death {
  const [, step = null] = (armed && /^died at (\S+)$/m.exec(said())) || [];
  return { step, unasked: step === null && !killed ? how : null };
}

function isServing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const outgoing = get(
      { port, host: '127.0.0.1', path: '/readyz', agent: false, timeout: 5_000 },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => resolve(false));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}
