import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { expect, test } from '@jest/globals';

import { refuseTakenPorts } from '../../../src/cli/sandbox/ports.ts';

test.each(['127.0.0.1', '0.0.0.0', '::1', '::'])(
  'a port taken on %s is named, and free again afterwards',
  async (host) => {
    const other = createServer().listen(0, host);
    const listening = await once(other, 'listening').catch(() => undefined);
    if (!listening) return; // a machine without IPv6
    const { port } = other.address() as AddressInfo;
    await expect(refuseTakenPorts([port])).rejects.toThrow(`Port ${port} is in use by another program`);
    other.close();
    await once(other, 'close');
    await refuseTakenPorts([port]);
    await refuseTakenPorts([port]);
  },
);
