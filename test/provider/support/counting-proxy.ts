import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire to a store that counts round trips: a question after an answer is a new one. */
export interface CountingProxy {
  readonly port: number;
  count(): number;
  reset(): void;
  /** Ends every connection and takes no new one, until mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function startCountingProxy(target: { host: string; port: number }): Promise<CountingProxy> {
  let trips = 0;
  let isCut = false;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    open.add(client);
    client.once('close', () => open.delete(client));
    const upstream = connect(target);
    let answered = true;
    client.on('data', (chunk) => {
      if (answered) trips += 1;
      answered = false;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      answered = true;
      client.write(chunk);
    });
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const side of [client, upstream]) side.on('close', end).on('error', end);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    count: () => trips,
    reset: () => {
      trips = 0;
    },
    cut: () => {
      isCut = true;
      for (const client of open) client.destroy();
    },
    mend: () => {
      isCut = false;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
