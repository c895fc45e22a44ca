import { createServer, connect as dial, type Socket } from 'node:net';

/** One address before all servers: a connection goes to the next one that is ready, or is refused. */
export interface Balancer {
  readonly origin: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function openBalancer(ports: () => readonly number[]): Promise<Balancer> {
  let turn = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const ready = ports();
    turn += 1;
    const port = ready[turn % ready.length];
    if (port === undefined) {
      client.destroy();
      return;
    }
    const upstream = dial(port, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address !== 'object') throw new Error('the balancer has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
