import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** Resolves if the part is there; its error is not told to anybody. */
export type Probe = () => Promise<unknown>;
type State = 'up' | 'down';

const PATIENCE_MS = 1_500;

/**
 * Answers `/health/live` (this process turns) and `/health/ready` (200, or 503 naming the part that is gone), and
 * leaves every other request to `next`. While `isStopping`, ready is refused so that no balancer sends more.
 */
export function answerHealth(
  probes: Record<string, Probe>,
  isStopping: () => boolean,
  next: RequestListener,
): RequestListener {
  const look = shared(() => askAll(probes));
  const tell = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts = await look();
    const ready = Object.values(parts).every((state) => state === 'up');
    answer(request, response, ready ? 200 : 503, { status: ready ? 'up' : 'down', ...parts });
  };
  return (request, response) => {
    const [path] = (request.url ?? '').split('?');
    if (path === '/health/live') return answer(request, response, 200, { status: 'up' });
    if (path !== '/health/ready') return next(request, response);
    if (isStopping()) return answer(request, response, 503, { status: 'stopping' });
    void tell(request, response);
  };
}

async function askAll(probes: Record<string, Probe>): Promise<Record<string, State>> {
  const asked = Object.entries(probes).map(async ([name, probe]) => [name, await ask(probe)] as const);
  return Object.fromEntries(await Promise.all(asked));
}

async function ask(probe: Probe): Promise<State> {
  const tooLate = new AbortController();
  const late = delay(PATIENCE_MS, 'down' as const, { signal: tooLate.signal }).catch(() => 'down' as const);
  const asked = probe().then(
    () => 'up' as const,
    () => 'down' as const,
  );
  const state = await Promise.race([asked, late]);
  tooLate.abort();
  return state;
}

// the address is open to everybody: however many ask at once, the parts are asked once
function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: Record<string, string>,
): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}
