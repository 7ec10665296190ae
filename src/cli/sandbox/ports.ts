import { once } from 'node:events';
import { createServer } from 'node:net';

import { OperatorError } from '../../kernel/operator-error.ts';

// a browser asks for `localhost` at either; whoever holds one of them would get our visitors
const LOOPBACKS = ['127.0.0.1', '::1'];

/** Throws OperatorError naming every port that another program holds. */
export async function refuseTakenPorts(ports: readonly number[]): Promise<void> {
  const taken = await Promise.all(ports.map(async (port) => ((await isTaken(port)) ? [port] : [])));
  const named = taken.flat();
  if (named.length === 0) return;
  const [noun, verb] = named.length === 1 ? ['Port', 'is'] : ['Ports', 'are'];
  throw new OperatorError(`${noun} ${named.join(', ')} ${verb} in use by another program: stop it and start again.`);
}

const isTaken = async (port: number): Promise<boolean> =>
  (await Promise.all(LOOPBACKS.map((host) => isTakenOn(port, host)))).includes(true);

async function isTakenOn(port: number, host: string): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen({ port, host, exclusive: true });
    await once(probe, 'listening');
  } catch (error) {
    // a machine without IPv6 has no ::1 that could be taken
    return (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  }
  probe.close();
  await once(probe, 'close');
  return false;
}
