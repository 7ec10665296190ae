import * as fc from 'fast-check';
import { LOCALES } from '../../src/http/locale.ts';
import { assets, brand, renderExample } from '../support/render-views.ts';
import { createRenderer } from '../../src/http/renderer.ts';
import { examples } from '../support/view-models.ts';

const MARK = 'xqz';
/** Each breaks out of another place: text, quoted attribute, script, style, URL, comment, template, text catalogue. */
const CORPUS = [
  `<script>${MARK}</script>`,
  `"><img src=${MARK} onerror=alert(1)>`,
  `' autofocus onfocus='${MARK}`,
  `</title><svg onload=${MARK}>`,
  `--><b>${MARK}</b><!--`,
  `&lt;b&gt;${MARK}`,
  `<%= ${MARK} %><%~ it.m %>`,
  `$t(layout.skip) {{portal}} {{- count}} ${MARK}`,
  `\u0000<\u0000b>${MARK}`,
  `＜b＞${MARK}<b>`,
];

const tags = (html: string): string[] => html.match(/<\/?[a-z!][^>]*>/gi) ?? [];
const shapeOf = (html: string): string[] => tags(html).map((tag) => /^<\/?[\w!-]+/.exec(tag)?.[0] ?? '');

test.each(CORPUS)('an echoed value never becomes markup: %s', (attack) => {
  const harmless = examples('xqz', 'xqz');
  for (const locale of LOCALES) {
    examples(attack, attack).forEach((example, i) => {
      const html = renderExample(example, locale);
      expect({ ...example, tags: shapeOf(html) }).toEqual({
        ...example,
        tags: shapeOf(renderExample(harmless[i]!, locale)),
      });
    });
  }
});

test('whatever is echoed, the tags of a page stay the same', () => {
  const places = examples('a', 'a').map((_, i) => i);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), fc.constantFrom(...places), (value, i) => {
      const html = renderExample(examples(value, value)[i]!, 'vi');
      expect(shapeOf(html)).toEqual(shapeOf(renderExample(examples('a', 'a')[i]!, 'vi')));
    }),
    { numRuns: 200 },
  );
});

test('a value of the catalogue syntax is said as it is', () => {
  const html = createRenderer({ viewsDir: 'views', brand, assets }).render(
    'sign-in/signed-out',
    { portal: { name: { vi: '$t(layout.skip) {{portal}}', en: '' }, url: '/' } },
    { locale: 'vi', path: '/' },
  );
  expect(html).toContain('$t(layout.skip) {{portal}}');
});

test('a missing value throws and never prints "undefined"', () => {
  const broken = { base: '/interaction/1', portal: { name: {} } };
  expect(() => renderExample({ view: 'sign-in/password', state: '', model: broken }, 'vi')).toThrow(TypeError);
  const unknown = { base: '/i', portal: { name: { vi: 'a', en: 'a' } }, errors: [{ code: 'no_such_code' }] };
  expect(() => renderExample({ view: 'sign-in/identify', state: '', model: unknown }, 'vi')).toThrow('no text for');
});

test('a form without a token is a defect', () => {
  const renderer = createRenderer({ viewsDir: 'views', brand, assets });
  const model = { base: '/i', portal: { name: { vi: 'a', en: 'a' } } };
  expect(() => renderer.render('sign-in/identify', model, { locale: 'vi', path: '/' })).toThrow('CSRF token');
});
