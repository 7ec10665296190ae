import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Visit } from './suite.ts';

const MOST_PAGES = 8;
const LEAVE_MS = 30_000;
/** The suite's own page sends the answer on by script, and gives up waiting for itself after 5 s. */
const CALLBACK_MS = 8_000;

/** What was to be seen on one way through our pages. */
export interface Seen {
  /** The first page of ours, as it came. */
  readonly first: Buffer | undefined;
  /** The last one. */
  readonly last: Buffer | undefined;
  /** `data-step` of each page, and `callback` for the way out. */
  readonly steps: readonly string[];
}

/** A person with a browser of their own for one test module, who allows what is asked and signs in with a sandbox passkey. */
export class Visitor {
  readonly #context: BrowserContext;
  readonly #provider: string;
  readonly #name: string;

  private constructor(context: BrowserContext, provider: string, name: string) {
    this.#context = context;
    this.#provider = provider;
    this.#name = name;
  }

  static async enter(browser: Browser, provider: string, name: string): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: { width: 1000, height: 900 },
      locale: 'en-GB',
      ignoreHTTPSErrors: true,
    });
    // the suite's pages take their looks from elsewhere
    await context.route(
      ({ hostname }) => hostname !== new URL(provider).hostname && !hostname.endsWith('localhost'),
      (route) => route.abort(),
    );
    return new Visitor(context, provider, name);
  }

  leave(): Promise<void> {
    return this.#context.close();
  }

  /** Opens the address and goes on as far as there is a next step to take. */
  async go({ url, method }: Visit): Promise<Seen> {
    const page = await this.#context.newPage();
    try {
      const pictures: Buffer[] = [];
      const steps: string[] = [];
      await (method === 'POST' ? sendForm(page, new URL(url)) : page.goto(url));
      for (let count = 0; count < MOST_PAGES; count += 1) {
        // an answer as a form is a page of ours without words, which sends itself
        await page.waitForFunction(`location.origin !== '${this.#provider}' || document.querySelector('main')`);
        if (new URL(page.url()).origin !== this.#provider) {
          await page
            .waitForSelector('#submission_complete', { state: 'attached', timeout: CALLBACK_MS })
            .catch(() => {});
          steps.push('callback');
          break;
        }
        pictures.push(await page.screenshot({ fullPage: true }));
        steps.push((await page.getAttribute('main', 'data-step')) ?? '');
        if (!(await this.#goOn(page))) break;
      }
      return { first: pictures[0], last: pictures.at(-1), steps };
    } finally {
      await page.close();
    }
  }

  /** Takes the step the page asks for; false when it asks for none. */
  async #goOn(page: Page): Promise<boolean> {
    if (await page.$('button[name=decision][value=allow]')) {
      for (const tick of await page.$$('input[type=checkbox]')) await tick.check();
      return leaving(page, 'button[name=decision][value=allow]');
    }
    if (await page.$('button[name=logout]')) return leaving(page, 'button[name=logout]');
    if (await page.$('form[data-passkey=assert]')) {
      await page.selectOption('[data-sandbox-passkey=assert] select', { label: this.#name });
      return leaving(page, '[data-sandbox-passkey=assert] button');
    }
    return false;
  }
}

async function leaving(page: Page, button: string): Promise<true> {
  const gone = page.waitForEvent('framenavigated', {
    predicate: (frame) => frame === page.mainFrame(),
    timeout: LEAVE_MS,
  });
  await page.click(button);
  await gone;
  await page.waitForLoadState('domcontentloaded');
  return true;
}

/** The parameters of the address as a form, as a portal's page would send them. */
async function sendForm(page: Page, url: URL): Promise<void> {
  const inputs = [...url.searchParams].map(
    ([name, value]) => `<input type="hidden" name="${attribute(name)}" value="${attribute(value)}">`,
  );
  await page.setContent(
    `<form method="post" action="${attribute(url.origin + url.pathname)}">${inputs.join('')}<button>Go</button></form>`,
  );
  await leaving(page, 'button');
}

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
