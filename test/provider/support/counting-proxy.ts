import { connect, createServer, type AddressInfo } from 'node:net';

/** A wire to a store that counts round trips: a question after an answer is a new one. */
export interface CountingProxy {
  readonly port: number;
  count(): number;
  reset(): void;
  close(): Promise<void>;
}

export async function startCountingProxy(target: { host: string; port: number }): Promise<CountingProxy> {
  let trips = 0;
  const server = createServer((client) => {
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
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
