import { LOCALES } from '../../src/http/locale.ts';
import { loadTexts } from '../../src/http/texts.ts';
import { type FormName, refusalOf, type Refused } from '../../src/sign-in/refusal-of.ts';
import { renderExample } from '../support/render-views.ts';

const until = new Date('2026-08-14T07:05:00Z');
const FORMS: readonly FormName[] = ['password', 'code', 'passkey', 'second_factor'];
const REFUSED: readonly Refused[] = [
  ...(['missing', 'malformed', 'rejected', 'expired', 'exhausted', 'step_up', 'unavailable'] as const).map((kind) => ({
    kind,
  })),
  { kind: 'locked', until },
  { kind: 'too_many', until },
];
const texts = loadTexts('views/locales');

test.each(FORMS.flatMap((form) => REFUSED.map((refused) => ({ form, refused }))))(
  'a $form that is $refused.kind can be said in both languages',
  ({ form, refused }) => {
    if (refused.kind === 'unavailable' && form !== 'second_factor') return;
    const { errors } = refusalOf(refused, form);
    const model = { base: '/interaction/1', portal: { name: { vi: 'Cổng', en: 'Portal' } }, errors };
    for (const locale of LOCALES) {
      const html = renderExample({ view: 'sign-in/identify', state: '', model }, locale);
      expect(html).toContain(texts(locale, 'layout.errors_title'));
    }
  },
);
