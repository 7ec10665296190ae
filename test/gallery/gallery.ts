import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCALES, type Locale } from '../../src/http/locale.ts';
import { startChromium } from '../support/chromium.ts';
import { startExampleServer } from '../support/example-server.ts';
import { type Example, examples } from '../support/view-models.ts';

/**
 * `npm run gallery [filter]`: a picture of every page in every state, at both widths, in both themes and languages, into
 * .gallery/, with an index.html to look through them. The filter is a part of "view state".
 */
const FOLDER = '.gallery';
const WIDTHS = [390, 1280];
const THEMES = ['light', 'dark'] as const;

const filter = process.argv[2] ?? '';
const shown = examples('Nguyễn Hoàng Phương Thảo', 'Cổng dịch vụ công');
const server = await startExampleServer(shown);
const browser = await startChromium();
mkdirSync(FOLDER, { recursive: true });
const pictures: string[] = [];

for (const width of WIDTHS) {
  for (const theme of THEMES) {
    for (const locale of LOCALES) await photograph(width, theme, locale);
  }
}
writeFileSync(join(FOLDER, 'index.html'), indexOf(pictures));
await browser.close();
await server.stop();
process.stdout.write(`${pictures.length} pictures in ${FOLDER}/index.html\n`);

async function photograph(width: number, theme: (typeof THEMES)[number], locale: Locale): Promise<void> {
  const context = await browser.newContext({
    viewport: { width, height: 844 },
    colorScheme: theme,
    locale,
    deviceScaleFactor: width < 500 ? 2 : 1,
  });
  const tab = await context.newPage();
  for (const [index, example] of shown.entries()) {
    if (!nameOf(example).includes(filter)) continue;
    await tab.goto(new URL(`/example/${index}`, server.issuer).href);
    const file = `${nameOf(example)}-${width}-${theme}-${locale}.png`;
    await tab.screenshot({ path: join(FOLDER, file), fullPage: true });
    pictures.push(file);
  }
  await context.close();
}

function nameOf({ view, state }: Example): string {
  return `${view.replaceAll('/', '-')}-${state}`;
}

function indexOf(files: readonly string[]): string {
  const figures = [...files].sort().map((file) => {
    return `<figure><img src="${file}" alt="${file}" width="320" loading="lazy"><figcaption>${file}</figcaption></figure>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Gallery</title>${figures.join('\n')}`;
}
