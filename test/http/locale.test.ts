import * as fc from 'fast-check';
import { LOCALES, pickLocale } from '../../src/http/locale.ts';

test.each([
  [{}, 'vi'],
  [{ acceptLanguage: 'en-GB,en;q=0.9' }, 'en'],
  [{ acceptLanguage: 'fr, en;q=0.3, vi;q=0.7' }, 'vi'],
  [{ acceptLanguage: 'en;q=0, fr' }, 'vi'],
  [{ acceptLanguage: 'en', uiLocales: ['fr', 'vi-VN', 'en'] }, 'vi'],
  [{ cookie: 'en', uiLocales: ['vi'] }, 'en'],
  [{ query: 'vi', cookie: 'en' }, 'vi'],
  [{ query: '../../etc', cookie: 'EN' }, 'en'],
])('%j is answered in %s', (wishes, locale) => {
  expect(pickLocale(wishes)).toBe(locale);
});

test('whatever is wished for, a language of ours comes back', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.array(fc.string()), (cookie, acceptLanguage, uiLocales) => {
      expect(LOCALES).toContain(pickLocale({ cookie, acceptLanguage, uiLocales }));
    }),
  );
});
