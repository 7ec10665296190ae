import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCALES } from '../../src/http/locale.ts';
import { REQUEST_ERRORS } from '../../src/http/request-error.ts';
import { loadTexts } from '../../src/http/texts.ts';
import { CLAIM_NAMES } from '../../src/portals/claim.ts';
import { examples } from '../support/view-models.ts';

const files = readdirSync('views', { recursive: true, encoding: 'utf8' });
const templates = files.filter((file) => file.endsWith('.eta'));
const read = (file: string): string => readFileSync(join('views', file), 'utf8');

test.each(templates)('%s prints nothing unescaped', (file) => {
  expect(read(file)).not.toContain('<%~');
});

test.each(templates)('%s has no inline script, style or handler', (file) => {
  expect(read(file)).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\bsrc=)/i);
});

test.each(templates)('%s names nothing outside this site', (file) => {
  expect(read(file)).not.toMatch(/https?:\/\//);
});

test.each(templates)('%s quotes every attribute that holds a value', (file) => {
  expect(read(file)).not.toMatch(/\s[\w-]+=<%/);
});

test.each(templates)('%s sends a token with every form that changes something', (file) => {
  const forms = read(file)
    .split(/<form\b/)
    .slice(1)
    .filter((form) => !form.startsWith(' class="filters" method="get"'));
  for (const form of forms) expect(form.split('</form>')[0]).toMatch(/name="(csrf|xsrf)"/);
});

test('every view is shown by an example', () => {
  const views = templates
    .map((file) => file.replace('.eta', ''))
    .filter((file) => !/^(parts\/|layout(-console)?$)/.test(file));
  expect([...new Set(examples().map(({ view }) => view))].sort()).toEqual(views.sort());
});

/** Keys to values of one language's files, flat. */
function textsOf(locale: string): Map<string, string> {
  const flat = new Map<string, string>();
  const walk = (tree: object, path: string): void => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'string') flat.set(path + key, value);
      else walk(value as object, `${path}${key}.`);
    }
  };
  const folder = join('views/locales', locale);
  for (const file of readdirSync(folder)) walk(JSON.parse(readFileSync(join(folder, file), 'utf8')) as object, '');
  return flat;
}

test('both languages have the same texts with the same values', () => {
  const shape = (locale: string): Record<string, string[]> =>
    Object.fromEntries(
      [...textsOf(locale)]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([key, text]) => [key, (text.match(/\{\{\w+\}\}/g) ?? []).sort()]),
    );
  expect(shape('en')).toEqual(shape('vi'));
});

test('the Vietnamese texts are composed (NFC) and free of abbreviations and foreign words', () => {
  for (const [key, text] of textsOf('vi')) {
    expect(text).toBe(text.normalize('NFC'));
    if (key.startsWith('sandbox.')) continue;
    expect(text).not.toMatch(/\b(CCCD|CMND|OTP|LoA|SMS|email|passkey|login|app|click)\b/i);
  }
});

test('every refusal of the edge and every claim has its words', () => {
  const texts = loadTexts('views/locales');
  for (const locale of LOCALES) {
    for (const code of [...Object.keys(REQUEST_ERRORS), 'defect']) {
      expect(texts(locale, `failure.${code}.title`)).toBeTruthy();
      expect(texts(locale, `failure.${code}.text`)).toBeTruthy();
    }
    for (const claim of CLAIM_NAMES) expect(texts(locale, `claim.${claim}`)).toBeTruthy();
  }
});

test('every text is used: by a template, or as the text of an error', () => {
  const all = templates.map(read).join('\n');
  const roots =
    /^(error|failure|unavailable|claim|word|way|passkey|message|account|authenticators|confirm_remove|history_event|history_way|signed_out_why|step_up|sandbox|console|unlocked|look_reason|cases|care|care_person|organisations)\./;
  const unused = [...textsOf('vi').keys()]
    .map((key) => key.replace(/_(one|other)$/, ''))
    .filter((key) => !roots.test(key) && !all.includes(`'${key}'`));
  expect(unused.filter((key) => !/^layout\.(day|month|year)$/.test(key))).toEqual([]);
});
