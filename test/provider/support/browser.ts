/** A browser as far as the protocol needs one: cookies by path, redirects by hand. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();
  readonly #origin: string;
  constructor(origin: string) {
    this.#origin = origin;
  }

  async go(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, this.#origin);
    const headers = new Headers(init.headers);
    if (!headers.has('accept')) headers.set('accept', 'text/html');
    const cookies = [...this.#cookies].filter(([, { path }]) => url.pathname.startsWith(path));
    if (cookies.length > 0) headers.set('cookie', cookies.map(([name, { value }]) => `${name}=${value}`).join('; '));
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return answer;
  }

  /** Follows redirects inside the provider; stops at a page or at the way out. */
  async follow(address: string, init?: RequestInit): Promise<{ url: URL; answer: Response }> {
    let url = new URL(address, this.#origin);
    let answer = await this.go(url.href, init);
    for (let hops = 0; hops < 10 && answer.headers.has('location'); hops += 1) {
      url = new URL(answer.headers.get('location') ?? '', url);
      if (url.origin !== this.#origin) break;
      await answer.arrayBuffer();
      answer = await this.go(url.href);
    }
    return { url, answer };
  }

  cookies(): string[] {
    return [...this.#cookies.keys()];
  }
  cookie(name: string): string | undefined {
    return this.#cookies.get(name)?.value;
  }
  set(name: string, value: string, path = '/'): void {
    this.#cookies.set(name, { value, path });
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const path = attributes.find((a) => a.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
    if (/expires=thu, 01 jan 1970/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, { value: pair.slice(at + 1), path });
  }
}
