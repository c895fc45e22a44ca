import { parentPort, workerData } from 'node:worker_threads';
import { type Connection, openConnection } from './connection';
import { failureOf } from './failure';
import type { Procedure } from './procedures';
import { type Answer, OPENING, Outcome, type WorkerSettings } from './protocol';
import { Reader } from './reader';
import { Writer } from './writer';

/** What a worker thread runs: the writer or a reader of the database named in its settings. */
export function serve(procedures: Readonly<Record<string, Procedure>>): void {
  const port = parentPort;
  if (!port) throw new Error('this file runs as a worker thread');
  const settings = workerData as WorkerSettings;
  const connection = open(settings, (answer) => port.postMessage([answer]));
  if (!connection) {
    port.close();
    return;
  }
  const worker =
    settings.role === 'writer'
      ? new Writer({ port, connection, procedures, idleTransactionMs: settings.idleTransactionMs })
      : new Reader(port, connection);
  port.on('message', (requests) => worker.receive(requests));
}

function open(settings: WorkerSettings, report: (answer: Answer) => void): Connection | null {
  try {
    return openConnection(settings);
  } catch (error) {
    report([OPENING, Outcome.failed, failureOf(error)]);
    return null;
  }
}
