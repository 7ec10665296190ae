/** A browser without JavaScript: keeps cookies, follows nothing by itself, sends forms with the page's CSRF token. */
export interface BrowserClient {
  get(path: string): Promise<Page>;
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Page>;
  /** GET, and on through every redirect on this origin. */
  open(path: string): Promise<Page>;
  readonly cookies: Map<string, string>;
}

export interface Page {
  readonly status: number;
  readonly location: string | null;
  readonly body: string;
  /** What `<main data-step>` says. */
  readonly step: string | undefined;
  readonly headers: Headers;
}

export function openBrowser(origin: URL): BrowserClient {
  const cookies = new Map<string, string>();
  let csrf = '';

  const send = async (path: string, init: RequestInit = {}): Promise<Page> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(cookie && { cookie }) };
    const answer = await fetch(new URL(path, origin), { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const body = await answer.text();
    csrf = /name="csrf" value="([^"]+)"/.exec(body)?.[1] ?? csrf;
    const step = /data-step="([^"]+)"/.exec(body)?.[1];
    return { status: answer.status, location: answer.headers.get('location'), body, step, headers: answer.headers };
  };
  const browser: BrowserClient = {
    cookies,
    get: (path) => send(path),
    post: (path, fields = {}, headers = {}) =>
      send(path, {
        method: 'POST',
        body: new URLSearchParams({ ...fields, csrf }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }),
    async open(path) {
      let page = await send(path);
      for (let hops = 0; page.location && hops < 5; hops += 1) page = await send(page.location);
      return page;
    },
  };
  return browser;
}
