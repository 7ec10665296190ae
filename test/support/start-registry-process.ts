import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface RegistryProcess {
  readonly baseUrl: string;
  readonly token: string;
  readonly child: ChildProcess;
  /** Calls one operation and returns the answer with its status. */
  call(path: string, body: object, token?: string): Promise<Response>;
  stop(): Promise<void>;
}

/** The real registry process on a free port. */
export async function startRegistryProcess(env: Record<string, string> = {}): Promise<RegistryProcess> {
  const token = 'a-token-only-for-this-test';
  const child = fork(new URL('../../src/sandbox/registry-server/main.ts', import.meta.url), {
    env: { ...process.env, REGISTRY_TOKEN: token, ...env },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [ready] = (await once(child, 'message')) as [{ port: number }];
  const baseUrl = `http://127.0.0.1:${ready.port}`;
  return {
    baseUrl,
    token,
    child,
    call: (path, body, bearer = token) =>
      fetch(`${baseUrl}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}` },
        body: JSON.stringify(body),
      }),
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
