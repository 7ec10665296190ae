import type { Sealed } from '../kernel/sealed.ts';

export interface RegistryAddress {
  readonly baseUrl: string;
  readonly token: Sealed<string>;
  /** Milliseconds for one call, reading the answer included. */
  readonly timeoutMs: number;
}

export type PostOutcome =
  { readonly kind: 'answered'; readonly body: unknown } | { readonly kind: 'failed'; readonly reason: string };

/**
 * Posts JSON with the bearer token and reads a JSON answer of at most `maxBytes`. Anything else than a 200 in time is
 * `failed` with a reason that names no data: `timeout`, `unreachable`, `status_<n>`, `too_large`, `not_json`.
 */
export async function postJson(
  address: RegistryAddress,
  path: string,
  body: object,
  maxBytes: number,
): Promise<PostOutcome> {
  try {
    const response = await fetch(new URL(path.slice(1), withSlash(address.baseUrl)), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${address.token.reveal()}`,
        'content-type': 'application/json',
        accept: 'application/json',
      },
      body: JSON.stringify(body),
      redirect: 'error', // the token goes where configuration says, nowhere else
      signal: AbortSignal.timeout(address.timeoutMs),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return { kind: 'failed', reason: `status_${response.status}` };
    }
    const text = await readAtMost(response, maxBytes);
    return text === undefined ? { kind: 'failed', reason: 'too_large' } : { kind: 'answered', body: JSON.parse(text) };
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error) };
  }
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);

function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'timeout';
  return error instanceof SyntaxError ? 'not_json' : 'unreachable';
}

async function readAtMost(response: Response, maxBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined; // leaving the loop cancels the rest
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
