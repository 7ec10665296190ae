import { type AddressInfo, type Socket, connect, createServer } from 'node:net';

/** A wire to a store that can be cut: `hang` takes connections and says nothing, `cut` refuses them. */
export interface SeverableWire {
  /** `url` with this wire's port in place of the store's. */
  readonly url: string;
  cut(): void;
  hang(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function startWire(url: string): Promise<SeverableWire> {
  const target = new URL(url);
  const [host, targetPort] = [target.hostname, Number(target.port)];
  let state: 'whole' | 'cut' | 'hanging' = 'whole';
  const ends = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    ends.add(socket);
    socket.on('error', () => {});
    return socket.on('close', () => ends.delete(socket));
  };
  const sever = (): void => {
    for (const end of ends) end.destroy();
  };
  const server = createServer((client) => {
    keep(client);
    if (state === 'cut') return void client.resetAndDestroy();
    const upstream = keep(connect({ host, port: targetPort }));
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('data', (chunk) => {
        if (state === 'whole') to.write(chunk);
      });
      from.on('close', () => to.destroy());
    }
    return undefined;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  target.hostname = '127.0.0.1';
  target.port = String((server.address() as AddressInfo).port);
  return {
    url: target.href,
    cut() {
      state = 'cut';
      sever();
    },
    hang() {
      state = 'hanging';
    },
    mend() {
      if (state === 'hanging') sever(); // what was swallowed meanwhile must not be half a message
      state = 'whole';
    },
    close: () => {
      sever();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
