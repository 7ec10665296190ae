import { Browser } from '../provider/support/browser.ts';
import type { Resident } from './resident.ts';
import { assertPasskey } from './software-passkey.ts';

export interface Page {
  readonly status: number;
  readonly url: URL;
  readonly html: string;
  /** `data-step` of `<main>`; undefined away from our pages. */
  readonly step: string | undefined;
  readonly headers: Headers;
}

/** A form as the page gives it: where it goes, and its hidden fields. */
export interface Form {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  /** What the passkey ceremony is asked with. */
  readonly options: unknown;
}

interface Surroundings {
  readonly issuer: string;
  /** Every address asked for or sent to is added. */
  readonly urls: string[];
  /** Told of every code typed, so that the leak net knows it. */
  keepCode(code: string): void;
  /** The newest code sent to a phone. */
  smsCode(phone: string): Promise<string>;
}

/** A person with a browser that has no scripts: reads pages, and fills in the forms they give. */
export class Citizen {
  readonly browser: Browser;
  readonly #house: Surroundings;
  #page: Page | undefined;

  constructor(house: Surroundings) {
    this.#house = house;
    this.browser = new Browser(house.issuer);
  }

  /** The page in view. */
  get page(): Page {
    if (!this.#page) throw new Error('nothing was opened yet');
    return this.#page;
  }
  get step(): string | undefined {
    return this.page.step;
  }
  /** Where the forms of the visit go. */
  get visit(): string {
    return /\/interaction\/[\w-]+/.exec(this.page.html)?.[0] ?? this.page.url.pathname;
  }
  get csrf(): string {
    return /name="csrf" value="([^"]+)"/.exec(this.page.html)?.[1] ?? '';
  }

  /** Goes there and follows the redirects, up to a page or the way out to a portal. */
  open(address: string): Promise<Page> {
    return this.#read(this.browser.follow(address));
  }

  /** Sends the form of the page in view whose address ends so. Throws when the page has none: nobody could. */
  submit(ending: string, fields: Record<string, string> = {}): Promise<Page> {
    const form = this.form(ending);
    return this.post(form.action, { ...form.hidden, ...fields });
  }

  /** Sends anything anywhere, as an attacker can. */
  post(address: string, fields: Record<string, string>): Promise<Page> {
    return this.#read(this.browser.follow(address, formPost(fields)));
  }

  form(ending: string): Form {
    const form = formsOf(this.page.html).find(({ action }) => action.endsWith(ending));
    if (!form) throw new Error(`${this.page.url.pathname} (${this.page.status} ${this.step}) has no form ${ending}`);
    return form;
  }

  identify = (nationalId: string): Promise<Page> => this.submit('/identify', { national_id: nationalId });
  password = (password: string): Promise<Page> => this.submit('/password', { password });
  choose = (factor: 'sms_code' | 'totp'): Promise<Page> => this.submit('/second-factor', { factor });
  consent = (decision: 'allow' | 'deny', ticked: readonly string[] = []): Promise<Page> =>
    this.submit('/consent', { decision, ...Object.fromEntries(ticked.map((claim) => [`claim_${claim}`, 'on'])) });
  code(code: string): Promise<Page> {
    this.#house.keepCode(code);
    return this.submit('/code', { code });
  }
  passkey(resident: Pick<Resident, 'passkey'>, origin = this.#house.issuer): Promise<Page> {
    const { passkey } = resident;
    if (!passkey) throw new Error('this resident has no passkey');
    const options = this.form('/passkey').options as { challenge: string };
    return this.submit('/passkey', { credential: JSON.stringify(assertPasskey(passkey, options, origin)) });
  }

  /** Number and password, and then the code of the app or the one sent by SMS. */
  async signIn(resident: Resident, by: 'totp' | 'sms_code' = 'totp'): Promise<Page> {
    await this.identify(resident.nationalId);
    await this.password(resident.password);
    if (this.step === 'second-factor') await this.choose(by);
    return this.code(by === 'totp' ? resident.appCode() : await this.#house.smsCode(resident.phone));
  }

  async #read(going: Promise<{ url: URL; answer: Response }>): Promise<Page> {
    const { url, answer } = await going;
    const html = await answer.text();
    this.#house.urls.push(url.href);
    const step = /<main[^>]*data-step="([^"]+)"/.exec(html)?.[1];
    this.#page = { status: answer.status, url, html, step, headers: answer.headers };
    return this.#page;
  }
}

export const formPost = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});

export function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form ([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', body = '']) => {
    const inputs = [...body.matchAll(/<input ([^>]*)>/g)].map(([, attributes = '']) => attributes);
    const hidden = inputs.filter((attributes) => attribute(attributes, 'type') === 'hidden');
    const options = attribute(head, 'data-options');
    return {
      action: attribute(head, 'action') ?? '',
      hidden: Object.fromEntries(
        hidden.map((attributes) => [attribute(attributes, 'name') ?? '', attribute(attributes, 'value') ?? '']),
      ),
      options: options === undefined ? undefined : JSON.parse(options),
    };
  });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'" };
function attribute(head: string, name: string): string | undefined {
  const [, double, single] = new RegExp(`(?:^|\\s)${name}=(?:"([^"]*)"|'([^']*)')`).exec(head) ?? [];
  return (double ?? single)?.replace(/&(amp|quot|lt|gt|#39);/g, (_, entity: string) => ENTITIES[entity] ?? '');
}
