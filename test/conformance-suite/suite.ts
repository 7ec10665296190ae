/** A test module of a plan, as the suite names it. */
export interface Module {
  readonly testModule: string;
  readonly variant?: Readonly<Record<string, string>>;
}

export interface Plan {
  readonly id: string;
  readonly modules: readonly Module[];
}

export type TestStatus =
  'NOT_YET_CREATED' | 'CREATED' | 'CONFIGURED' | 'RUNNING' | 'WAITING' | 'INTERRUPTED' | 'FINISHED';

export interface Info {
  readonly status: TestStatus;
  /** PASSED, WARNING, REVIEW, SKIPPED or FAILED; null while it runs. */
  readonly result: string | null;
}

/** A page the suite wants to be opened by a person. */
export interface Visit {
  readonly url: string;
  readonly method: string;
}

export interface LogEntry {
  readonly src: string;
  readonly msg?: string;
  readonly result?: string;
  /** Set while the entry waits for a picture: the id to send it to. */
  readonly upload?: string;
}

/** The REST API of a running conformance suite, without sign-in (its developer's mode). Throws on every answer that is no 2xx. */
export class Suite {
  readonly #origin: string;
  constructor(origin: string) {
    this.#origin = origin;
  }

  createPlan(planName: string, variant: Readonly<Record<string, string>>, config: object): Promise<Plan> {
    return this.#call('POST', 'plan', { planName, variant: JSON.stringify(variant) }, config);
  }
  async createTest(plan: Plan, { testModule, variant }: Module): Promise<string> {
    const query = { test: testModule, plan: plan.id, ...(variant && { variant: JSON.stringify(variant) }) };
    return (await this.#call<{ id: string }>('POST', 'runner', query)).id;
  }
  info(test: string): Promise<Info> {
    return this.#call('GET', `info/${test}`);
  }
  log(test: string): Promise<LogEntry[]> {
    return this.#call('GET', `log/${test}`);
  }
  async start(test: string): Promise<void> {
    await this.#call('POST', `runner/${test}`);
  }
  /** What a person should open now. */
  async visits(test: string): Promise<Visit[]> {
    const { browser } = await this.#call<{ browser?: { urlsWithMethod: Visit[] } }>('GET', `runner/${test}`);
    return browser?.urlsWithMethod ?? [];
  }
  async visited(test: string, { url }: Visit): Promise<void> {
    await this.#call('POST', `runner/browser/${test}/visit`, { url });
  }
  /** Hands in a picture (PNG) for an entry of the log. */
  async picture(test: string, upload: string, png: Buffer): Promise<void> {
    await this.#call('POST', `log/${test}/images/${upload}`, {}, `data:image/png;base64,${png.toString('base64')}`);
  }

  async #call<T>(method: string, path: string, query: Record<string, string> = {}, body?: object | string): Promise<T> {
    const url = new URL(`/api/${path}?${new URLSearchParams(query).toString()}`, this.#origin);
    const answer = await fetch(url, {
      method,
      headers: { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
