import { Browser } from '../../provider/support/browser.ts';
import { authorizationRequest, type TestPortal } from '../../provider/support/relying-party.ts';

export interface Page {
  readonly status: number;
  readonly url: URL;
  readonly html: string;
  /** `data-step` of `<main>`; undefined away from our pages. */
  readonly step: string | undefined;
  readonly headers: Headers;
}

/** A person (or an attacker) with a browser at a sign-in: reads pages, fills forms as the page gives them. */
export class Visitor {
  readonly browser: Browser;
  readonly #issuer: string;
  /** Every address asked for or sent to. */
  readonly urls: string[] = [];
  base = '';
  page: Page | undefined;

  constructor(issuer: string) {
    this.#issuer = issuer;
    this.browser = new Browser(issuer);
  }

  /** Comes from the portal and stands at the first step. */
  async arrive(rp: TestPortal, changes: Record<string, string | undefined> = {}): Promise<Page> {
    const page = await this.open(authorizationRequest(this.#issuer, rp, changes).url);
    this.base = page.url.pathname;
    return page;
  }

  open(address: string): Promise<Page> {
    return this.#read(this.browser.follow(address));
  }

  /** Posts to a form of the visit with the token of the page in view. */
  post(step: string, fields: Record<string, string> = {}): Promise<Page> {
    return this.#read(this.browser.follow(`${this.base}/${step}`, this.form({ csrf: this.token(), ...fields })));
  }

  form(fields: Record<string, string>): RequestInit {
    return { method: 'POST', body: new URLSearchParams(fields) };
  }

  token(html = this.page?.html ?? ''): string {
    return /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  }

  async #read(going: Promise<{ url: URL; answer: Response }>): Promise<Page> {
    const { url, answer } = await going;
    const html = await answer.text();
    this.urls.push(url.href);
    this.page = {
      status: answer.status,
      url,
      html,
      step: /<main[^>]*data-step="([^"]+)"/.exec(html)?.[1],
      headers: answer.headers,
    };
    return this.page;
  }
}
