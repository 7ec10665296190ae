import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll } from '@jest/globals';

/** A wire to a store, with a meter on it and scissors beside it. */
export interface Wire {
  /** The store's address, through the wire. */
  readonly url: string;
  /** Round trips since the last reset: a question after an answer, on any connection. */
  trips(): number;
  /** What was sent since the last reset: the text of each SQL statement run, or each Redis command. */
  sent(): readonly string[];
  reset(): void;
  /** From now on every connection is broken and no new one is taken. */
  cut(): void;
  /** From now on connections are taken, and nothing is said on any. */
  hang(): void;
  mend(): void;
}

/** What the process asks by its own clock, whoever signs in: queues, jobs and the registry's feed. */
const OWN_CLOCK = /logout_queue|graphile_worker|registry_feed|advisory/;

/** The SQL statements sent since the last reset that requests have caused. */
export const statementsOfRequests = (wire: Wire): readonly string[] =>
  wire.sent().filter((text) => !OWN_CLOCK.test(text));

/** A wire to the store at `address` (postgres: or redis:), taken away after the last test of the file. */
export async function stretchWire(address: string): Promise<Wire> {
  const url = new URL(address);
  const isPostgres = url.protocol.startsWith('postgres');
  const target = { host: url.hostname, port: Number(url.port || (isPostgres ? 5432 : 6379)) };
  const open = new Set<Socket>();
  let state: 'whole' | 'cut' | 'hanging' = 'whole';
  let trips = 0;
  let sent: string[] = [];

  const server = createServer((client) => {
    if (state === 'cut') return void client.resetAndDestroy();
    const upstream = connect(target);
    const read = isPostgres ? statementReader((text) => sent.push(text)) : commandReader((text) => sent.push(text));
    let answered = true;
    client.on('data', (chunk) => {
      if (answered) trips += 1;
      answered = false;
      read(chunk);
      if (state === 'whole') upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      answered = true;
      if (state === 'whole') client.write(chunk);
    });
    const end = () => {
      for (const side of [client, upstream]) {
        open.delete(side);
        side.destroy();
      }
    };
    for (const side of [client, upstream]) {
      open.add(side);
      side.on('close', end).on('error', end);
    }
    return undefined;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const sever = () => {
    for (const side of open) side.destroy();
  };
  afterAll(() => {
    sever();
    server.close();
  });
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    trips: () => trips,
    sent: () => sent,
    reset() {
      trips = 0;
      sent = [];
    },
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
  };
}

type Reader = (chunk: Buffer) => void;

/** The text of each statement as it is run, from the messages of PostgreSQL's protocol (version 3, chapter 54.7). */
function statementReader(run: (text: string) => void): Reader {
  const texts = new Map<string, string>();
  let kept = Buffer.alloc(0);
  let isStarted = false;
  let bound = '';
  const cString = (bytes: Buffer, from: number): string => bytes.toString('utf8', from, bytes.indexOf(0, from));
  const message = (type: string, body: Buffer): void => {
    if (type === 'Q') run(cString(body, 0));
    if (type === 'P') texts.set(cString(body, 0), cString(body, body.indexOf(0) + 1));
    if (type === 'B') bound = cString(body, body.indexOf(0) + 1);
    if (type === 'E') run(texts.get(bound) ?? bound);
  };
  return (chunk) => {
    kept = Buffer.concat([kept, chunk]);
    for (;;) {
      const head = isStarted ? 5 : 4;
      if (kept.length < head) return;
      const length = kept.readInt32BE(head - 4) + head - 4;
      if (kept.length < length) return;
      if (isStarted) message(String.fromCharCode(kept[0] ?? 0), kept.subarray(head, length));
      // 80877103 asks for TLS; what follows it is the start message again
      else isStarted = kept.readInt32BE(4) !== 80_877_103;
      kept = kept.subarray(length);
    }
  };
}

/** The first words of each command, as far as they stand in one chunk. */
const commandReader =
  (run: (text: string) => void): Reader =>
  (chunk) => {
    const text = chunk.toString('latin1');
    for (const [, name = '', key = ''] of text.matchAll(/\*\d+\r\n\$\d+\r\n([^\r]+)\r\n(?:\$\d+\r\n([^\r]*)\r\n)?/g)) {
      run(`${name.toLowerCase()} ${key}`);
    }
  };
